import java.io.File;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;

/** Says of each NAME.rdf what is outside OWL 2 DL, and whether its axioms and classes are consistent. */
class Owl2 {
    public static void main(String[] names) throws Exception {
        for (var name : names) {
            var ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(name + ".rdf"));
            for (var violation : new OWL2DLProfile().checkOntology(ontology).getViolations()) {
                say(name, violation);
            }
            try {
                var reasoner = new Reasoner(ontology);
                if (!reasoner.isConsistent()) {
                    say(name, "not consistent");
                } else {
                    reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom().forEach(none -> say(name, "without members: " + none));
                }
            } catch (RuntimeException error) {
                say(name, error);
            }
        }
    }

    private static void say(String name, Object problem) {
        System.out.println(name + "\t" + problem.toString().replaceAll("\\s+", " "));
    }
}
