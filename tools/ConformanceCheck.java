import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Holds PDF files against PDF/UA-1 and PDF/A-3a with veraPDF, all in one Java machine.
 *
 * <p>Prints a line of JSON for each file and profile: file, profile, compliant, checks, and the rules that failed, each
 * with how often, in what words and where first. A file that cannot be read has "error" instead.
 */
public final class ConformanceCheck {
    private static final int KEPT = 100; // of the failures of a profile, with their places; all are counted

    private ConformanceCheck() {}

    public static void main(String[] files) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String file : files) {
            for (PDFAFlavour profile : List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_3_A)) {
                out.println(line(file, profile));
            }
        }
    }

    private static String line(String file, PDFAFlavour profile) {
        String named = "{\"file\": " + quoted(file) + ", \"profile\": " + quoted(profile.getId()) + ", ";
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), profile, PDFAFlavour.NO_FLAVOUR)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, KEPT, false, true, false);
            return named + told(validator.validate(parser)) + "}";
        } catch (Exception | LinkageError error) {
            return named + "\"error\": " + quoted(String.valueOf(error)) + "}";
        }
    }

    private static String told(ValidationResult result) {
        List<String> failed = new ArrayList<>();
        for (Map.Entry<RuleId, Integer> entry : result.getFailedChecks().entrySet()) {
            failed.add(rule(entry.getKey(), entry.getValue(), result.getTestAssertions()));
        }
        return "\"compliant\": " + result.isCompliant() + ", \"checks\": " + result.getTotalAssertions()
                + ", \"failed\": [" + String.join(", ", failed) + "]";
    }

    private static String rule(RuleId id, int times, List<TestAssertion> assertions) {
        String told = "{\"rule\": " + quoted(id.getClause() + "-" + id.getTestNumber()) + ", \"times\": " + times;
        for (TestAssertion one : assertions) {
            if (one.getRuleId().equals(id) && one.getStatus() == TestAssertion.Status.FAILED) {
                told += ", \"words\": " + quoted(one.getMessage()) + ", \"where\": " + quoted(one.getLocation().getContext());
                break;
            }
        }
        return told + "}";
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char sign : String.valueOf(text).toCharArray()) {
            if (sign == '"' || sign == '\\') {
                out.append('\\').append(sign);
            } else if (sign < ' ') {
                out.append(String.format("\\u%04x", (int) sign));
            } else {
                out.append(sign);
            }
        }
        return out.append('"').toString();
    }
}
