using System.Globalization;
using System.Text;
using ScaleFunctions.App.Reports;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Signals.Traces;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>
/// Makes a recording of the load that a resource has had, by the metrics that Azure kept, and a request to replay it. The recording stays,
/// so that the same load can be replayed again.
/// </summary>
internal static class RecordedResource
{
    /// <summary>The request with the recording, and with what is known of the resource. Asked for nothing, it stays as it is.</summary>
    /// <exception cref="UserErrorException">There is no such resource, or its load is not to be had.</exception>
    public static async Task<ReplayRequest> RecordAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        if (request.Resource is not { } name)
        {
            return request;
        }

        ReplayRequest? recorded = null;
        await ReadOnlyEstate.UseAsync(
            request.Policies, request.State, estate: null,
            async (policies, services) =>
            {
                recorded = await RecordAsync(request, name, policies, services, cancellationToken);
                return ExitCodes.Done;
            },
            cancellationToken);
        return recorded!;
    }

    private static async Task<ReplayRequest> RecordAsync(
        ReplayRequest request, string name, PolicySet policies, IServiceProvider services, CancellationToken cancellationToken)
    {
        var target = await FindAsync(name, services.GetRequiredService<ITargetInventory>(), cancellationToken);
        var resolved = policies.For(target) as TargetPolicies.Resolved
            ?? throw new UserErrorException($"no workload with bounds selects {target.Id.Name}, so there is nothing to rehearse on its load; see 'explain {target.Id.Name}'");
        var file = request.Trace.Length > 0 ? request.Trace : $"{target.Id.Name}.load.csv";
        if (File.Exists(file))
        {
            Terminal.Note($"{file} is there and is replayed as it is; delete it to read the load anew");
        }
        else
        {
            await WriteAsync(file, request, target, resolved, services, cancellationToken);
        }

        return request with
        {
            Trace = file,
            Workload = request.Workload ?? resolved.Workload.Name,
            Mean = null,
            Sku = request.Sku ?? target.Sku,
            Region = request.Region ?? target.Region,
            Zones = request.Zones > 0 ? request.Zones : target.Zones,
        };
    }

    private static async Task<ObservedTarget> FindAsync(string name, ITargetInventory inventory, CancellationToken cancellationToken)
    {
        var targets = (await inventory.ListAsync(cancellationToken)).Targets;
        var found = targets.Where(target => Is(target.Id.Value, name) || Is(target.Id.Name, name)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new UserErrorException($"'{name}' does not fit --resource; it is none of {targets.Count} resources with a capacity, give its name or id"),
            _ => throw new UserErrorException($"'{name}' fits {found.Count} resources; give the id of one: {string.Join(", ", found.Take(3).Select(target => target.Id.Value))}"),
        };
    }

    private static async Task WriteAsync(
        string file, ReplayRequest request, ObservedTarget target, TargetPolicies.Resolved policies, IServiceProvider services, CancellationToken cancellationToken)
    {
        WholeFile.RequireWritable(file);
        var signal = ReplayedSignal.Of(policies.LoadBased, request.Signal).FirstOrDefault(each => each.As == ReplayedAs.Cpu && LoadRecording.Tells(each.Policy))?.Policy
            ?? throw new UserErrorException($"no signal of {policies.Workload.Name} tells the processors of {target.Id.Name}, so Azure's metrics do not tell its load; record it and give it with --trace");
        var asked = LoadRecording.Request(signal, target, request.History, services.GetRequiredService<TimeProvider>().GetUtcNow());
        IReadOnlyList<TracePoint> points = [];
        await WorkBar.WhileAsync("reading metrics", 1, async isDone =>
        {
            var answer = await services.GetRequiredService<IMetricSource>().ReadAsync(asked, cancellationToken);
            points = answer.Values.FirstOrDefault() switch
            {
                MetricSeries.Received received => LoadRecording.Needed(received.Points, FleetModel.FullLoadCpuPercent),
                MetricSeries.Failed failed => throw new UserErrorException($"the metrics of {target.Id.Name} could not be read: {failed.Reason}; try again, or record its load and give it with --trace"),
                _ => [],
            };
            isDone();
        });
        if (points.Count < 2)
        {
            throw new UserErrorException(
                $"Azure's metrics of {target.Id.Name} do not say of how many instances they are, as those of plans do not, or there are none: its load is not known. Record it and give it with --trace");
        }

        WholeFile.Write(file, Text(points), cancellationToken);
        Terminal.Note($"{file}: {points.Count} values of {signal.Name} from {points[0].At.UtcDateTime:yyyy-MM-dd HH:mm} to {points[^1].At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, in instances needed");
    }

    private static string Text(IEnumerable<TracePoint> points)
    {
        var text = new StringBuilder("timestamp,instances needed at 80 % CPU\n");
        foreach (var point in points)
        {
            text.Append(CultureInfo.InvariantCulture, $"{point.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{point.Value:0.####}\n");
        }

        return text.ToString();
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
