import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;

// Runs TLC on one spec after the other in one JVM. A line of the input is
// options and the folder of a spec, with T.tla and T.cfg; the output of TLC goes
// to DIR/out, and when it is done a line with the exit code is printed. TLC keeps
// a lot in static fields, so each run gets its classes from a class loader of its
// own. A run that takes too long ends the JVM.
public class Driver {
    static final int PATIENCE = 60_000; // milliseconds

    public static void main(String[] args) throws Exception {
        List<URL> list = new ArrayList<>();
        for (String jar : args[0].split(File.pathSeparator)) {
            list.add(new File(jar).toURI().toURL());
        }
        URL[] jars = list.toArray(new URL[0]);
        PrintStream answers = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String dir = line.substring(line.lastIndexOf(' ') + 1);
            String[] options = (line.substring(0, line.length() - dir.length())
                + "-workers 1 -cleanup -metadir " + dir + "/states " + dir + "/T.tla").split(" ");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            System.setOut(new PrintStream(out, true));
            System.setErr(System.out);
            int[] code = {255};
            Thread run = new Thread(() -> {
                try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
                    code[0] = check(loader, dir, options);
                } catch (Throwable e) {
                    e.printStackTrace();
                }
            });
            run.start();
            run.join(PATIENCE);
            forget();
            System.out.flush();
            Files.write(Path.of(dir, "out"), out.toByteArray());
            if (run.isAlive()) {
                answers.println("late");
                answers.flush();
                Runtime.getRuntime().halt(0);
            }
            answers.println("exit " + code[0]);
            answers.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    // Takes what TLC has put up for inspection back: the next run has it, too.
    static void forget() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            if (name.getDomain().startsWith("tlc2")) {
                server.unregisterMBean(name);
            }
        }
    }

    // What TLC's main does, but for System.exit.
    static int check(ClassLoader loader, String dir, String[] options) throws Exception {
        Class<?> type = loader.loadClass("tlc2.TLC");
        Object tlc = type.getConstructor().newInstance();
        if (!(Boolean) type.getMethod("handleParameters", String[].class).invoke(tlc, (Object) options)) {
            return 1;
        }
        Object resolver = loader.loadClass("util.SimpleFilenameToStream").getConstructor(String.class).newInstance(dir);
        type.getMethod("setResolver", loader.loadClass("util.FilenameToStream")).invoke(tlc, resolver);
        int error = (Integer) type.getMethod("process").invoke(tlc);
        return (Integer) loader.loadClass("tlc2.output.EC$ExitStatus")
            .getMethod("errorConstantToExitStatus", int.class).invoke(null, error);
    }
}
