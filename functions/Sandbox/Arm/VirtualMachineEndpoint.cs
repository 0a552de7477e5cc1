using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads virtual machines, and starts and deallocates them.</summary>
internal sealed class VirtualMachineEndpoint(SimulatedEstate estate, ResourceWrites writes, ResourcePages pages, SandboxOptions options)
{
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
        ? SandboxAnswer.Json(200, writer => VirtualMachineJson.Write(writer, view, request.Parameter("$expand") == "instanceView"))
        : NotFound(route);

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
            Fails = faults.OfType<OperationFails>().FirstOrDefault(),
            NeverEnds = faults.OfType<OperationNeverEnds>().Any(),
        };
        return writes.Apply(request, route, change, outcome => Describe(request, route, outcome)) ?? NotFound(route);
    }

    private SandboxAnswer Describe(SandboxRequest request, RequestRoute route, ChangeOutcome outcome) => outcome is ChangeOutcome.Accepted accepted
        ? SandboxAnswer.Empty(202)
            .With(
                options.Behavior.OperationForm == OperationForm.Location ? "Location" : "Azure-AsyncOperation",
                OperationEndpoint.Address(accepted.Operation, request, options.Behavior.OperationForm == OperationForm.Location))
            .With("Retry-After", OperationEndpoint.RetryAfterSeconds)
        : SandboxAnswer.Error(409, options.BusyCode, $"Another operation is running on '{route.Target!.Name}'; try again when it has ended.");

    private SandboxAnswer NotFound(RequestRoute route) => ResourcesEndpoint.CheckScope(estate, route) ?? SandboxAnswer.Error(
        404, "ResourceNotFound", $"There is no virtual machine '{route.Target!.Name}' in the resource group '{route.ResourceGroup}'.");
}
