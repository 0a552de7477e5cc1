using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.Sandbox.Control;

/// <summary>What a driver or a test in another process may ask of the sandbox itself. It is not part of the simulated Azure.</summary>
internal sealed class ControlEndpoint(SimulatedClock clock, SimulatedEstate estate, WriteLog writes, FaultPlan faults)
{
    public const string Host = "sandbox.local";

    public async Task<SandboxAnswer> HandleAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        try
        {
            switch (request.Method, request.Path)
            {
                case ("GET", "/clock"):
                    return Now();
                case ("POST", "/clock"):
                    await clock.AdvanceToAsync(Read(request, ControlJson.Default.ClockReport).Now, cancellationToken).ConfigureAwait(false);
                    return Now();
                case ("POST", "/clock/spend"):
                    await clock.SpendAsync(Read(request, ControlJson.Default.SpendRequest).Wait, cancellationToken).ConfigureAwait(false);
                    return Now();
                case ("GET", "/writes"):
                    return Json(writes.All, ControlJson.Default.IReadOnlyListWriteRecord);
                case ("GET", "/fleet"):
                    return Json(estate.Report(), ControlJson.Default.IReadOnlyListFleetReport);
                case ("PUT", "/faults"):
                    faults.Set(FaultPlan.Parse(Encoding.UTF8.GetString(request.Body.Span)));
                    return SandboxAnswer.Empty(204);
                default:
                    return SandboxAnswer.Error(404, "NotFound", $"The sandbox's control has no {request.Method} {request.Path}.");
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentException)
        {
            return SandboxAnswer.Error(400, "BadRequest", exception.Message);
        }
    }

    private SandboxAnswer Now() => Json(new ClockReport(clock.GetUtcNow()), ControlJson.Default.ClockReport);

    private static T Read<T>(SandboxRequest request, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(request.Body.Span, type) ?? throw new JsonException("the body is null");

    private static SandboxAnswer Json<T>(T value, JsonTypeInfo<T> type) =>
        new(200, JsonSerializer.SerializeToUtf8Bytes(value, type));
}
