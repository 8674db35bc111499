select count(*), {columns} from ({scan})
