using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Limits;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads and writes of scale sets.</summary>
internal sealed class ScaleSetEndpoint(SimulatedEstate estate, ResourceWrites writes, ResourcePages pages, SandboxOptions options)
{
    private readonly SimulatedLimits _limits = new(estate);

    public SandboxAnswer List(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        var shape = ScaleSetShape.Of(request.Parameter("api-version")!, faults);
        return pages.List<ScaleSetSpec>(request, route, (writer, view) => ScaleSetJson.Write(writer, view, shape));
    }

    public SandboxAnswer Get(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults) =>
        estate.View(route.Target!) is { } view ? Show(200, request, view, faults) : NotFound(route);

    public SandboxAnswer GetInstanceView(RequestRoute route) => estate.View(route.Target!) is { } view
        ? SandboxAnswer.Json(200, writer => ScaleSetJson.WriteInstanceView(writer, view))
        : NotFound(route);

    public SandboxAnswer ListInstances(SandboxRequest request, RequestRoute route) => estate.View(route.Target!) is { } view
        ? pages.List<int>(
            request, route,
            (skip, take) => ([.. Enumerable.Range(skip, Math.Clamp(view.Capacity - skip, 0, take))], skip + take < view.Capacity),
            (writer, number) => ScaleSetJson.WriteInstance(writer, view, number))
        : NotFound(route);

    public SandboxAnswer Patch(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (estate.View(route.Target!) is not { } current)
        {
            return NotFound(route);
        }

        var (capacity, error) = CapacityBody.Read(request.Body, current.Spec);
        if (capacity is null)
        {
            return SandboxAnswer.Error(400, "InvalidParameter", error!);
        }

        if (_limits.RefuseMore(current.Spec, current.Capacity, capacity.Value) is { } refusal)
        {
            writes.RecordIdle(request, route, refusal.Status);
            return refusal;
        }

        // Versions without an ETag ignore the precondition: a trap that is real.
        var honoursMatch = ApiVersions.HasETag(request.Parameter("api-version")!);
        var change = new CapacityChange(capacity.Value, honoursMatch ? request.Header("If-Match") : null)
        {
            Fails = faults.OfType<OperationFails>().FirstOrDefault(),
            NeverEnds = faults.OfType<OperationNeverEnds>().Any(),
        };
        return writes.Apply(request, route, change, outcome => Describe(request, route, faults, outcome)) ?? NotFound(route);
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
            409, options.BusyCode, $"Another operation is running on '{route.Target!.Name}'; try again when it has ended."),
    };

    private static SandboxAnswer Show(int status, SandboxRequest request, ResourceView view, IReadOnlyList<FaultEffect> faults)
    {
        var shape = ScaleSetShape.Of(request.Parameter("api-version")!, faults);
        var answer = SandboxAnswer.Json(status, writer => ScaleSetJson.Write(writer, view, shape));
        return shape.HasETag ? answer.With("ETag", view.ETag) : answer;
    }

    private SandboxAnswer NotFound(RequestRoute route) => ResourcesEndpoint.CheckScope(estate, route) ?? SandboxAnswer.Error(
        404, "ResourceNotFound", $"There is no scale set '{route.Target!.Name}' in the resource group '{route.ResourceGroup}'.");
}
