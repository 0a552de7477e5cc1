using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Limits;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads virtual machines, and starts and deallocates them.</summary>
internal sealed class VirtualMachineEndpoint(SimulatedEstate estate, ResourceWrites writes, ResourcePages pages, SandboxOptions options)
{
    private readonly SimulatedLimits _limits = new(estate);

    public SandboxAnswer List(SandboxRequest request, RequestRoute route)
    {
        // Compute takes an expansion of a list only together with a filter.
        if (request.Parameter("$expand") is not null)
        {
            return SandboxAnswer.Error(400, "BadRequest", "$expand needs a $filter here.");
        }

        var isStatus = request.Parameter("statusOnly") == "true";
        return pages.List<VirtualMachineSpec>(request, route, (writer, view) =>
        {
            if (isStatus)
            {
                VirtualMachineJson.WriteStatus(writer, view);
                return;
            }

            VirtualMachineJson.Write(writer, view, hasInstanceView: false);
        });
    }

    public SandboxAnswer Get(SandboxRequest request, RequestRoute route) => estate.View(route.Target!) is { } view
        ? SandboxAnswer.Json(200, writer => VirtualMachineJson.Write(
            writer, view, request.Parameter("$expand") == "instanceView", InstanceOf(route.Target!)))
        : NotFound(route);

    /// <summary>Sizes it can become as it is: where it runs, or, when it is deallocated, all. The old list has no pages.</summary>
    public SandboxAnswer ListSizes(RequestRoute route)
    {
        if (estate.View(route.Target!) is not { Spec: VirtualMachineSpec spec } view)
        {
            return NotFound(route);
        }

        return SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (var size in MachineSize.All.Where(size => view.Capacity == 0 || SizeFit.Offers(spec, size)))
            {
                VirtualMachineJson.WriteSize(writer, size);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    public SandboxAnswer Patch(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (estate.View(route.Target!) is not { Spec: VirtualMachineSpec spec } current)
        {
            return NotFound(route);
        }

        if (MachineSizeBody.Read(request.Body) is not { } size)
        {
            return SandboxAnswer.Error(400, "InvalidParameter", "The body must name a known size as properties.hardwareProfile.vmSize, and nothing else.");
        }

        var isOther = !string.Equals(size.Name, current.Size, StringComparison.OrdinalIgnoreCase);
        var refusal = !isOther ? null
            : SizeFit.Refuse(spec, MachineSize.Find(current.Size) ?? size, size)
                ?? (current.Capacity > 0 ? SizeFit.NotHere(spec, size) : null)
                ?? (_limits.RestrictedSizes.Contains(size.Name, StringComparer.OrdinalIgnoreCase) ? SimulatedLimits.NotSold(size.Name, spec.Region) : null)
                ?? _limits.RefuseMore(spec, size.Name, 0, estate.SizesOf(spec.Id));
        if (refusal is not null)
        {
            writes.RecordIdle(request, route, refusal.Status);
            return refusal;
        }

        var change = new CapacityChange(current.Capacity, request.Header("If-Match")) { Size = size.Name, Faults = faults };
        return writes.Apply(request, route, change, outcome => outcome is ChangeOutcome.Accepted accepted
            ? SandboxAnswer.Json(200, writer => VirtualMachineJson.Write(writer, accepted.View, hasInstanceView: false))
                .With("Azure-AsyncOperation", OperationEndpoint.Address(accepted.Operation, request, isMonitor: false))
            : Describe(request, route, outcome)) ?? NotFound(route);
    }

    private InstanceView? InstanceOf(TargetId machine) => estate.Instances(machine) is [var instance, ..] ? instance : null;

    public SandboxAnswer Act(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (estate.View(route.Target!) is not { } current)
        {
            return NotFound(route);
        }

        if (route.Action == "deallocate" && current.Spec is VirtualMachineSpec { HasEphemeralDisk: true })
        {
            return SandboxAnswer.Error(409, "OperationNotAllowed", "A machine with an ephemeral OS disk cannot be deallocated.");
        }

        var change = new CapacityChange(route.Action == "start" ? 1 : 0, IfMatch: null)
        {
            Faults = faults,
        };
        return writes.Apply(request, route, change, outcome => Describe(request, route, outcome)) ?? NotFound(route);
    }

    private SandboxAnswer Describe(SandboxRequest request, RequestRoute route, ChangeOutcome outcome) => outcome is ChangeOutcome.Accepted accepted
        ? SandboxAnswer.Empty(202)
            .With(
                options.Behavior.OperationForm == OperationForm.Location ? "Location" : "Azure-AsyncOperation",
                OperationEndpoint.Address(accepted.Operation, request, options.Behavior.OperationForm == OperationForm.Location))
            .With("Retry-After", OperationEndpoint.RetryAfterSeconds)
        : outcome is ChangeOutcome.Stale stale ? SandboxAnswer.Error(
            412, "PreconditionFailed", $"The machine has changed: If-Match does not name its present version {stale.ETag}.")
        : SandboxAnswer.Error(409, options.BusyCode, $"Another operation is running on '{route.Target!.Name}'; try again when it has ended.");

    private SandboxAnswer NotFound(RequestRoute route) => ResourcesEndpoint.CheckScope(estate, route) ?? SandboxAnswer.Error(
        404, "ResourceNotFound", $"There is no virtual machine '{route.Target!.Name}' in the resource group '{route.ResourceGroup}'.");
}
