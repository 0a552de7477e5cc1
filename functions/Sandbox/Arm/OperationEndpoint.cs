using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads of long-running operations, in both of Resource Manager's forms.</summary>
internal sealed class OperationEndpoint(SimulatedEstate estate, TimeProvider clock)
{
    public const string RetryAfterSeconds = "15";

    public static string Address(EstateOperation operation, SandboxRequest request, bool isMonitor) =>
        $"https://{RequestRouter.ArmHost}/subscriptions/{operation.Subscription}/providers/Microsoft.Compute/locations/{operation.Region}"
        + $"/operations/{operation.Id}?{(isMonitor ? "monitor=true&" : "")}api-version={request.Parameter("api-version")}";

    public SandboxAnswer Get(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (!Guid.TryParse(route.Operation, out var id) || estate.FindOperation(id) is not { } found
            || !Is(found.Operation.Subscription, route.Subscription) || !Is(found.Operation.Region, route.Region))
        {
            return SandboxAnswer.Error(404, "OperationNotFound", $"There is no operation '{route.Operation}' here.");
        }

        var hasEnded = found.Operation.HasEnded(clock.GetUtcNow());
        return request.Parameter("monitor") == "true"
            ? Monitor(request, found.Operation, found.View, hasEnded, faults)
            : Status(found.Operation, hasEnded);
    }

    private static SandboxAnswer Monitor(
        SandboxRequest request, EstateOperation operation, ScaleSetView view, bool hasEnded, IReadOnlyList<FaultEffect> faults)
    {
        if (!hasEnded)
        {
            return SandboxAnswer.Empty(202)
                .With("Location", Address(operation, request, isMonitor: true))
                .With("Retry-After", RetryAfterSeconds);
        }

        return operation.Failure is { } failure
            ? SandboxAnswer.Error(409, failure.Code, failure.Message)
            : SandboxAnswer.Json(200, writer => ScaleSetJson.Write(writer, view, ScaleSetShape.Of(request.Parameter("api-version")!, faults)));
    }

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
