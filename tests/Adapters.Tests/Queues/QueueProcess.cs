using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Adapters.Queues;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Tests.Queues;

/// <summary>
/// The test program started a second time, as another receiver: once told to go, it completes messages until there are none
/// and says each one's text.
/// </summary>
internal static class QueueProcess
{
    private const string Variable = "SCALEFUNCTIONS_QUEUE_PROCESS";

    [ModuleInitializer]
    internal static void RunAsReceiver()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } arguments)
        {
            return;
        }

        var parts = arguments.Split('|');
        using var queue = SqliteWorkQueue.Open(parts[0], new FakeTimeProvider(new DateTimeOffset(long.Parse(parts[1]), TimeSpan.Zero)));
        Console.Out.WriteLine("ready");
        Console.In.ReadLine();
        Drain(queue, Console.Out.WriteLine);
        Environment.Exit(0);
    }

    public static Process Start(string directory, DateTimeOffset now)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[Variable] = $"{directory}|{now.UtcTicks}";
        return Process.Start(start)!;
    }

    public static List<string> Drain(IWorkSource source, Action<string>? received = null)
    {
        var bodies = new List<string>();
        while (source.ReceiveAsync(WorkKind.Evaluate, 1, TimeSpan.FromHours(1), CancellationToken.None).Result is [var work])
        {
            bodies.Add(work.Body);
            received?.Invoke(work.Body);
            if (source.CompleteAsync(work, CancellationToken.None).Result is not WorkSettlement.Done)
            {
                throw new InvalidOperationException($"{work.Body} was delivered twice");
            }
        }

        return bodies;
    }
}
