import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permission;
import java.security.PermissionCollection;
import java.security.Permissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

// Runs programs of the jars in its first argument, one after the other, in one
// JVM. A line of the input is a class and its arguments, with tabs between them;
// the answer is a line "exit CODE BYTES" and then what the program printed. The
// programs keep a lot in static fields, so each run gets its classes from a class
// loader of its own, but SANY, which starts anew by itself; System.exit becomes an
// exception.
public class Driver {
    static final class Exit extends SecurityException {
        final int code;

        Exit(int code) {
            this.code = code;
        }
    }

    @SuppressWarnings("removal") // of the security manager
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
        PrintStream errors = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true));
        System.setErr(System.out);
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.reset();
                int code = run(jars.toArray(new URL[0]), line.split("\t"));
                System.out.flush();
                byte[] printed = out.toByteArray(); // threads that were left may print on
                answers.println("exit " + code + " " + printed.length);
                answers.write(printed);
                answers.flush();
            }
        } catch (Throwable e) {
            e.printStackTrace(errors);
        }
        System.setSecurityManager(null); // which would refuse the end, too
        Runtime.getRuntime().halt(0); // for the threads that programs have left
    }

    static URLClassLoader kept;

    static URLClassLoader classes(URL[] jars, String program) {
        if (!program.equals("tla2sany.SANY")) {
            return new Trusted(jars);
        }
        if (kept == null) {
            kept = new Trusted(jars);
        }
        return kept;
    }

    // Trusted classes may do everything; TLC registers beans.
    static final class Trusted extends URLClassLoader {
        Trusted(URL[] jars) {
            super(jars, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected PermissionCollection getPermissions(CodeSource source) {
            Permissions all = new Permissions();
            all.add(new AllPermission());
            return all;
        }
    }

    static int run(URL[] jars, String[] line) throws Exception {
        String[] args = Arrays.copyOfRange(line, 1, line.length);
        URLClassLoader loader = classes(jars, line[0]);
        try {
            Method program = loader.loadClass(line[0]).getMethod("main", String[].class);
            program.setAccessible(true); // pcal.trans is not public
            program.invoke(null, (Object) args);
            return 0;
        } catch (InvocationTargetException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t.getClass().getName().equals("Driver$Exit")) {
                    return ((Exit) t).code;
                }
            }
            e.printStackTrace();
            return 255;
        } finally {
            if (loader != kept) {
                loader.close();
            }
        }
    }
}
