import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Permission;
import java.util.ArrayList;
import java.util.List;

// Runs TLC on one spec after the other in one JVM. A line of the input names the
// folder of a spec, with T.tla and T.cfg; the output of TLC goes to DIR/out, and
// when it is done a line with the exit code is printed. TLC keeps a lot in static
// fields, so each run gets its classes from a class loader of its own; its
// System.exit becomes an exception.
public class Driver {
    static final class Exit extends SecurityException {
        final int code;

        Exit(int code) {
            this.code = code;
        }
    }

    public static void main(String[] args) throws Exception {
        List<URL> jars = new ArrayList<>();
        for (String jar : args[0].split(File.pathSeparator)) {
            jars.add(new File(jar).toURI().toURL());
        }
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkExit(int code) {
                throw new Exit(code);
            }

            @Override
            public void checkPermission(Permission permission) {}
        });
        PrintStream answers = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String dir = in.readLine(); dir != null; dir = in.readLine()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            System.setOut(new PrintStream(out, true));
            System.setErr(System.out);
            int code = run(jars.toArray(new URL[0]), dir);
            System.out.flush();
            Files.write(Path.of(dir, "out"), out.toByteArray());
            answers.println("exit " + code);
            answers.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    static int run(URL[] jars, String dir) throws Exception {
        String[] args = {
            "-workers", "1", "-noTE", "-cleanup", "-metadir", dir + "/states",
            "-config", dir + "/T.cfg", dir + "/T.tla"
        };
        try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            loader.loadClass("tlc2.TLC").getMethod("main", String[].class).invoke(null, (Object) args);
            return 0;
        } catch (InvocationTargetException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t.getClass().getName().equals("Driver$Exit")) {
                    return ((Exit) t).code;
                }
            }
            e.printStackTrace();
            return 255;
        }
    }
}
