using System.Diagnostics;
using System.Globalization;
using ScaleFunctions.Reliability.KillHook;

/// <summary>
/// Loaded into a worker through DOTNET_STARTUP_HOOKS, which wants this name without a namespace. With a file in <c>MEASURE_TO</c> it
/// measures the process there. Else it ends it, without any farewell, at one step of an action. <c>KILL_AT</c> names it:
/// <code>
/// action.open:start:3        the third time the step begins, before it does anything
/// action.open:stop:3         the third time it has ended
/// action.open:within:3:700   700 microseconds after it has begun for the third time
/// </code>
/// </summary>
internal static class StartupHook
{
    private const string Source = "ScaleFunctions.Cycle";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("KILL_AT") is { Length: > 0 } point)
        {
            Listen(point, point.Split(':'));
        }

        if (Environment.GetEnvironmentVariable("MEASURE_TO") is { Length: > 0 } file)
        {
            Measure(new Gauge(file));
        }
    }

    private static void Measure(Gauge gauge) => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name == Source,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        ActivityStopped = activity =>
        {
            if (activity.OperationName == "tick")
            {
                gauge.Tick();
            }
        },
    });

    private static void Listen(string point, string[] parts)
    {
        var (step, moment) = (parts[0], parts[1]);
        var left = int.Parse(parts[2], CultureInfo.InvariantCulture);
        var delay = parts.Length > 3 ? TimeSpan.FromMicroseconds(int.Parse(parts[3], CultureInfo.InvariantCulture)) : TimeSpan.Zero;
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => Meet(activity, moment != "stop"),
            ActivityStopped = activity => Meet(activity, moment == "stop"),
        });

        void Meet(Activity activity, bool isMoment)
        {
            if (!isMoment || activity.OperationName != step || Interlocked.Decrement(ref left) != 0)
            {
                return;
            }

            if (moment == "within")
            {
                new Thread(() => KillAfter(point, delay)) { Priority = ThreadPriority.Highest }.Start();
            }
            else
            {
                Kill(point);
            }
        }
    }

    // Sleeping takes at least a millisecond, in which a step is long over.
    private static void KillAfter(string point, TimeSpan delay)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < delay)
        {
            Thread.SpinWait(20);
        }

        Kill(point);
    }

    private static void Kill(string point)
    {
        Console.Error.WriteLine($"[killed at {point}]");
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
