using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads of long-running operations, in both of Resource Manager's forms.</summary>
internal sealed class OperationEndpoint(SimulatedEstate estate, TimeProvider clock)
{
    public const string RetryAfterSeconds = "15";

    private const string Compute = "Microsoft.Compute";

    /// <summary>Compute and most others keep operations by region, App Service below the plan.</summary>
    public static string Address(EstateOperation operation, SandboxRequest request, bool isMonitor)
    {
        var provider = ProviderOf(operation);
        var path = Is(operation.Target.ResourceType, RequestRouter.PlanType)
            ? $"{operation.Target}/operationresults/{operation.Id}"
            : $"/subscriptions/{operation.Target.Subscription}/providers/{provider}/locations/{operation.Region}/"
                + $"{(Is(provider, Compute) ? "operations" : "operationStatuses")}/{operation.Id}";
        return $"https://{RequestRouter.ArmHost}{path}?{(isMonitor ? "monitor=true&" : "")}api-version={request.Parameter("api-version")}";
    }

    public SandboxAnswer Get(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (!Guid.TryParse(route.Operation, out var id) || estate.FindOperation(id) is not { } found
            || !IsAt(found.Operation, route))
        {
            return SandboxAnswer.Error(404, "OperationNotFound", $"There is no operation '{route.Operation}' here.");
        }

        var hasEnded = found.Operation.HasEnded(clock.GetUtcNow());
        return request.Parameter("monitor") == "true"
            ? Monitor(request, found.Operation, found.View, hasEnded, faults)
            : Status(found.Operation, hasEnded);
    }

    private static SandboxAnswer Monitor(
        SandboxRequest request, EstateOperation operation, ResourceView view, bool hasEnded, IReadOnlyList<FaultEffect> faults)
    {
        if (!hasEnded)
        {
            return SandboxAnswer.Empty(202)
                .With("Location", Address(operation, request, isMonitor: true))
                .With("Retry-After", RetryAfterSeconds);
        }

        return operation.Failure is { } failure
            ? SandboxAnswer.Error(409, failure.Code, failure.Message)
            : SandboxAnswer.Json(200, writer => Write(writer, request, view, faults));
    }

    private static void Write(Utf8JsonWriter writer, SandboxRequest request, ResourceView view, IReadOnlyList<FaultEffect> faults)
    {
        switch (view.Spec)
        {
            case PlanSpec:
                PlanJson.Write(writer, view, faults);
                break;
            case VirtualMachineSpec:
                VirtualMachineJson.Write(writer, view, hasInstanceView: false);
                break;
            case DeclaredSpec:
                DeclaredDocument.Shown(view).WriteTo(writer);
                break;
            default:
                ScaleSetJson.Write(writer, view, ScaleSetShape.Of(request.Parameter("api-version")!, faults));
                break;
        }
    }

    private static bool IsAt(EstateOperation operation, RequestRoute route) => route.Target is { } plan
        ? plan == operation.Target
        : Is(operation.Target.Subscription, route.Subscription) && Is(operation.Region, route.Region)
            && Is(ProviderOf(operation), route.Provider.Length > 0 ? route.Provider : Compute);

    private static string ProviderOf(EstateOperation operation) => operation.Target.ResourceType.Split('/')[0];

    private static SandboxAnswer Status(EstateOperation operation, bool hasEnded)
    {
        var answer = SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", operation.Id);
            writer.WriteString("startTime", operation.StartedAt);
            if (hasEnded)
            {
                writer.WriteString("endTime", operation.EndsAt!.Value);
            }

            writer.WriteString("status", !hasEnded ? "InProgress" : operation.Failure is null ? "Succeeded" : "Failed");
            if (hasEnded && operation.Failure is { } failure)
            {
                writer.WriteStartObject("error");
                writer.WriteString("code", failure.Code);
                writer.WriteString("message", failure.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
        return hasEnded ? answer : answer.With("Retry-After", RetryAfterSeconds);
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
