select {columns} from ({scan})
