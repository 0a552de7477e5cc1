using System.Globalization;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// One estate, one worker, some ticks: what each took, and what Azure was asked. What was waited for Azure's limits is simulated
/// time: it costs nothing here, and a tick's time there.
/// </summary>
internal static class Measurement
{
    public static async Task RunAsync(string[] args)
    {
        var targets = Number(args, "--targets", 10_000);
        var subscriptions = Number(args, "--subscriptions", 20);
        var ticks = Number(args, "--ticks", 10);
        var isTail = args.Contains("--tail");
        var estate = isTail ? ScaleEstates.LongTail(targets) : ScaleEstates.Concentrated(targets, subscriptions);
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { Estate = estate, Behavior = new EstateOptions { History = TimeSpan.FromDays(1) }, Start = new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero) },
            CancellationToken.None);
        var state = Directory.CreateTempSubdirectory("scale-");
        try
        {
            using var worker = await WorkerProcess.StartAsync($"{server.Port}/{server.Thumbprint}", state.FullName, args.Contains("--observe") ? PolicyMode.Observe : PolicyMode.Act);
            Console.WriteLine("tick  wall s  waited s  CPU s  MB alloc  MiB RSS  decisions  writes  calls  failed  requests");
            for (var tick = 0; tick < ticks; tick++)
            {
                await server.Clock.AdvanceToAsync(Next(server.Clock.GetUtcNow()), CancellationToken.None);
                var before = server.Requests.Counts;
                var throttled = server.Requests.Throttled;
                var began = server.Clock.GetUtcNow();
                var figures = await worker.DoAsync("tick");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{tick,4} {figures.WallMilliseconds / 1000,7:0.00} {(server.Clock.GetUtcNow() - began).TotalSeconds,9:0.0} {figures.ProcessorMilliseconds / 1000,6:0.00} {figures.AllocatedMegabytes,9:0} {figures.ResidentMegabytes,8:0} {figures.Decisions,10} {figures.Writes,7} {figures.Calls,6} {figures.FailedCalls,7}  {Asked(before, server.Requests.Counts)} throttled {server.Requests.Throttled - throttled}"));
            }
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }

    private static DateTimeOffset Next(DateTimeOffset now) => new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(1);

    private static string Asked(IReadOnlyList<RequestCount> before, IReadOnlyList<RequestCount> after)
    {
        var known = before.ToDictionary(count => (count.Method, count.Kind), count => count.Count);
        return string.Join(", ", after
            .Select(count => (count.Method, count.Kind, New: count.Count - known.GetValueOrDefault((count.Method, count.Kind))))
            .Where(each => each.New > 0)
            .Select(each => $"{each.Method} {each.Kind} {each.New}"));
    }

    private static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
