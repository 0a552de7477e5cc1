using System.Text;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads and writes of scale sets.</summary>
internal sealed class ScaleSetEndpoint(SimulatedEstate estate, WriteLog writes, TimeProvider clock, SandboxOptions options)
{
    public SandboxAnswer List(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (ResourcesEndpoint.CheckScope(estate, route) is { } error)
        {
            return error;
        }

        var version = request.Parameter("api-version")!;
        if (!TryReadSkip(request.Parameter("$skiptoken"), out var skip))
        {
            return SandboxAnswer.Error(400, "InvalidSkipToken", "The $skiptoken is not one that this service gave.");
        }

        var (views, hasMore) = estate.List(route.Subscription, route.ResourceGroup, skip, options.PageSize);
        var shape = ScaleSetShape.Of(version, faults);
        return SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (var view in views)
            {
                ScaleSetJson.Write(writer, view, shape);
            }

            writer.WriteEndArray();
            if (hasMore)
            {
                var token = Uri.EscapeDataString(Convert.ToBase64String(Encoding.ASCII.GetBytes($"skip:{skip + views.Count}")));
                writer.WriteString("nextLink", $"https://{request.Host}{request.Path}?api-version={version}&$skiptoken={token}");
            }

            writer.WriteEndObject();
        });
    }

    public SandboxAnswer Get(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults) =>
        estate.View(route.ScaleSet!) is { } view ? Show(200, request, view, faults) : NotFound(route);

    public SandboxAnswer GetInstanceView(RequestRoute route) => estate.View(route.ScaleSet!) is { } view
        ? SandboxAnswer.Json(200, writer => ScaleSetJson.WriteInstanceView(writer, view))
        : NotFound(route);

    public SandboxAnswer Patch(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (estate.View(route.ScaleSet!) is not { } current)
        {
            return NotFound(route);
        }

        var (capacity, error) = CapacityBody.Read(request.Body, current.Spec);
        if (capacity is null)
        {
            return SandboxAnswer.Error(400, "InvalidParameter", error!);
        }

        // Versions without an ETag ignore the precondition: a trap that is real.
        var honoursMatch = ApiVersions.HasETag(request.Parameter("api-version")!);
        var change = new CapacityChange(capacity.Value, honoursMatch ? request.Header("If-Match") : null)
        {
            Fails = faults.OfType<OperationFails>().FirstOrDefault(),
            NeverEnds = faults.OfType<OperationNeverEnds>().Any(),
        };
        return Answer(request, route, faults, change);
    }

    /// <summary>Records a write that came to an end before it reached the resource.</summary>
    public void RecordRefused(SandboxRequest request, RequestRoute route, int? status)
    {
        var capacity = route.ScaleSet is { } id ? estate.View(id)?.Capacity : null;
        Record(request, record => record with { Status = status, CapacityBefore = capacity, CapacityAfter = capacity });
    }

    private SandboxAnswer Answer(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults, CapacityChange change)
    {
        // One lock around change and record, so that the log's order is the order of effects.
        SandboxAnswer? answer = null;
        var outcome = estate.Change(route.ScaleSet!, change, outcome =>
        {
            answer = Describe(request, route, faults, outcome);
            Record(request, record => record with
            {
                Status = answer.Status,
                IsEffective = outcome.Before != outcome.After,
                CapacityBefore = outcome.Before,
                CapacityAfter = outcome.After,
                WasOperationRunning = outcome.WasBusy,
            });
        });
        return outcome is null ? NotFound(route) : answer!;
    }

    private SandboxAnswer Describe(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults, ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Accepted accepted when options.Behavior.OperationForm == OperationForm.Location => SandboxAnswer.Empty(202)
            .With("Location", OperationEndpoint.Address(accepted.Operation, request, isMonitor: true))
            .With("Retry-After", OperationEndpoint.RetryAfterSeconds),
        ChangeOutcome.Accepted accepted => Show(200, request, accepted.View, faults)
            .With("Azure-AsyncOperation", OperationEndpoint.Address(accepted.Operation, request, isMonitor: false)),
        ChangeOutcome.Stale stale => SandboxAnswer.Error(
            412, "PreconditionFailed", $"The scale set has changed: If-Match does not name its present version {stale.ETag}."),
        _ => SandboxAnswer.Error(
            409, options.BusyCode, $"Another operation is running on '{route.ScaleSet!.Name}'; try again when it has ended."),
    };

    private void Record(SandboxRequest request, Func<WriteRecord, WriteRecord> complete) => writes.Add(sequence => complete(new WriteRecord
    {
        Sequence = sequence,
        At = clock.GetUtcNow(),
        Method = request.Method,
        Path = request.Path,
        IfMatch = request.Header("If-Match"),
        Body = Encoding.UTF8.GetString(request.Body.Span),
        ClientRequestId = request.Header("x-ms-client-request-id"),
    }));

    private static SandboxAnswer Show(int status, SandboxRequest request, ScaleSetView view, IReadOnlyList<FaultEffect> faults)
    {
        var shape = ScaleSetShape.Of(request.Parameter("api-version")!, faults);
        var answer = SandboxAnswer.Json(status, writer => ScaleSetJson.Write(writer, view, shape));
        return shape.HasETag ? answer.With("ETag", view.ETag) : answer;
    }

    private SandboxAnswer NotFound(RequestRoute route) => ResourcesEndpoint.CheckScope(estate, route) ?? SandboxAnswer.Error(
        404, "ResourceNotFound", $"There is no scale set '{route.ScaleSet!.Name}' in the resource group '{route.ResourceGroup}'.");

    private static bool TryReadSkip(string? token, out int skip)
    {
        skip = 0;
        if (string.IsNullOrEmpty(token))
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[64];
        return token.Length <= 64 && Convert.TryFromBase64String(token, bytes, out var written)
            && Encoding.ASCII.GetString(bytes[..written]) is var text && text.StartsWith("skip:", StringComparison.Ordinal)
            && int.TryParse(text["skip:".Length..], out skip) && skip >= 0;
    }
}
