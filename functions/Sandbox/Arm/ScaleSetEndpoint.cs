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

    public SandboxAnswer ListInstances(SandboxRequest request, RequestRoute route)
    {
        if (estate.View(route.Target!) is not { } view)
        {
            return NotFound(route);
        }

        // Azure's own words: the instances of a flexible set are machines, and have their views there.
        var hasView = request.Parameter("$expand") == "instanceView";
        if (hasView && ((ScaleSetSpec)view.Spec).Orchestration == "Flexible")
        {
            return SandboxAnswer.Error(
                400, "BadRequest", $"Operation 'VirtualMachineScaleSets.virtualMachines.GET' is not allowed on Virtual Machine Scale Set '{view.Spec.Id.Name}'.");
        }

        var instances = estate.Instances(route.Target!);
        return pages.List<InstanceView>(
            request, route, (skip, take) => ([.. instances.Skip(skip).Take(take)], skip + take < instances.Count),
            (writer, instance) => ScaleSetInstanceJson.Write(writer, view, instance, hasView));
    }

    public SandboxAnswer ListSizes(SandboxRequest request, RequestRoute route)
    {
        if (estate.View(route.Target!) is not { } view)
        {
            return NotFound(route);
        }

        var sizes = MachineSize.All.Where(size => !_limits.RestrictedSizes.Contains(size.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        return pages.List<MachineSize>(
            request, route, (skip, take) => ([.. sizes.Skip(skip).Take(take)], skip + take < sizes.Count),
            (writer, size) => ScaleSetJson.WriteSize(writer, size, view.Size));
    }

    /// <summary>How far Azure has got with the latest roll-out of its own.</summary>
    public SandboxAnswer GetRollOut(RequestRoute route) => estate.View(route.Target!) switch
    {
        null => NotFound(route),
        { RollOut: { } rollOut } view => SandboxAnswer.Json(200, writer => ScaleSetJson.WriteRollOut(writer, view, rollOut)),
        _ => SandboxAnswer.Error(404, "NotFound", $"There was no rolling upgrade on '{route.Target!.Name}'."),
    };

    public SandboxAnswer Patch(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (estate.View(route.Target!) is not { } current)
        {
            return NotFound(route);
        }

        var (capacity, size, error) = CapacityBody.Read(request.Body, current);
        if (capacity is null)
        {
            return SandboxAnswer.Error(400, "InvalidParameter", error!);
        }

        if (WhyNot(current, size, capacity.Value) is { } refusal)
        {
            writes.RecordIdle(request, route, refusal.Status);
            return refusal;
        }

        // Versions without an ETag ignore the precondition: a trap that is real.
        var honoursMatch = ApiVersions.HasETag(request.Parameter("api-version")!);
        var change = new CapacityChange(capacity.Value, honoursMatch ? request.Header("If-Match") : null) { Size = size, Faults = faults };
        return writes.Apply(request, route, change, outcome => Describe(request, route, faults, outcome)) ?? NotFound(route);
    }

    /// <summary>Brings named instances to what the set says.</summary>
    public SandboxAnswer Upgrade(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (estate.View(route.Target!) is not { } current)
        {
            return NotFound(route);
        }

        if (InstanceIdsBody.Read(request.Body) is not { } ids)
        {
            return SandboxAnswer.Error(400, "InvalidParameter", "The body must be an object with a list of texts 'instanceIds'.");
        }

        var instances = estate.Instances(route.Target!);
        if (ids.FirstOrDefault(id => id != "*" && !instances.Any(each => $"{each.Number}" == id)) is { } unknown)
        {
            return SandboxAnswer.Error(404, "NotFound", $"The entity was not found: instance '{unknown}'.");
        }

        var resized = instances.Where(each => !Is(each.Size, current.Size) && (ids.Contains("*") || ids.Contains($"{each.Number}")));
        if (_limits.RefuseMore(current.Spec, current.Size, 0, [.. resized.Select(each => each.Size)]) is { } refusal)
        {
            writes.RecordIdle(request, route, refusal.Status);
            return refusal;
        }

        return writes.Upgrade(request, route, new UpgradeRequest(ids, faults), outcome => outcome is ChangeOutcome.Accepted accepted
            ? SandboxAnswer.Empty(202)
                .With("Azure-AsyncOperation", OperationEndpoint.Address(accepted.Operation, request, isMonitor: false))
                .With("Location", OperationEndpoint.Address(accepted.Operation, request, isMonitor: true))
                .With("Retry-After", OperationEndpoint.RetryAfterSeconds)
            : Describe(request, route, faults, outcome)) ?? NotFound(route);
    }

    // A set that is rolled out by hand asks for the cores of its instances when each of them is told.
    private SandboxAnswer? WhyNot(ResourceView current, string? size, int capacity)
    {
        var spec = (ScaleSetSpec)current.Spec;
        if (size is not null && SizeFit.Refuse(spec, MachineSize.Find(size)!) is { } misfit)
        {
            return misfit;
        }

        IReadOnlyList<string> resized = size is null || spec.ResizeWay == ResizeWay.ByHand ? [] : estate.SizesOf(spec.Id);
        return (size is not null && _limits.RestrictedSizes.Contains(size, StringComparer.OrdinalIgnoreCase) ? SimulatedLimits.NotSold(size, spec.Region) : null)
            ?? _limits.RefuseMore(spec, size ?? current.Size, capacity - current.Capacity, resized);
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

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
