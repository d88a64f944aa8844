/** A worker dyno with nothing but the JDK. */
public class Worker {
    public static void main(String[] args) throws InterruptedException {
        System.out.println("waiting for work");
        for (int job = 1; ; job++) {
            Thread.sleep(500);
            System.out.println("job " + job + " done");
        }
    }
}
