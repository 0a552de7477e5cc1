using System.Text;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Changes resources and records every attempt.</summary>
internal sealed class ResourceWrites(SimulatedEstate estate, WriteLog writes, TimeProvider clock)
{
    /// <summary>Applies a change and answers it; nothing when there is no such resource.</summary>
    public SandboxAnswer? Apply(SandboxRequest request, RequestRoute route, CapacityChange change, Func<ChangeOutcome, SandboxAnswer> describe) =>
        Apply(request, route, observe => estate.Change(route.Target!, change, observe), describe);

    /// <summary>Brings instances to what their resource says and answers it; nothing when there is no such resource.</summary>
    public SandboxAnswer? Upgrade(SandboxRequest request, RequestRoute route, UpgradeRequest upgrade, Func<ChangeOutcome, SandboxAnswer> describe) =>
        Apply(request, route, observe => estate.Upgrade(route.Target!, upgrade, observe), describe);

    private SandboxAnswer? Apply(
        SandboxRequest request, RequestRoute route, Action<Action<ChangeOutcome>> change, Func<ChangeOutcome, SandboxAnswer> describe)
    {
        var before = estate.View(route.Target!)?.Size;
        // One lock around change and record, so that the log's order is the order of effects.
        SandboxAnswer? answer = null;
        change(outcome =>
        {
            answer = describe(outcome);
            Record(request, record => record with
            {
                Status = answer.Status,
                IsEffective = outcome.IsEffective,
                CapacityBefore = outcome.Before,
                CapacityAfter = outcome.After,
                SizeBefore = before,
                SizeAfter = outcome is ChangeOutcome.Accepted accepted ? accepted.View.Size : before,
                WasOperationRunning = outcome.WasBusy,
            });
        });
        return answer;
    }

    /// <summary>Records a write that changed nothing: it came to an end before it reached the resource, or asks for nothing.</summary>
    public void RecordIdle(SandboxRequest request, RequestRoute route, int? status)
    {
        var capacity = route.Target is { } id ? estate.View(id)?.Capacity : null;
        Record(request, record => record with { Status = status, CapacityBefore = capacity, CapacityAfter = capacity });
    }

    public void Record(SandboxRequest request, Func<WriteRecord, WriteRecord> complete) => writes.Add(sequence => complete(new WriteRecord
    {
        Sequence = sequence,
        At = clock.GetUtcNow(),
        Method = request.Method,
        Path = request.Path,
        IfMatch = request.Header("If-Match"),
        Body = Encoding.UTF8.GetString(request.Body.Span),
        ClientRequestId = request.Header("x-ms-client-request-id"),
    }));
}
