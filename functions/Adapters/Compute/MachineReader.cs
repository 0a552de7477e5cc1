using System.Text.Json;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>Reads one machine together with its instance view, which tells whether it runs.</summary>
internal static class MachineReader
{
    /// <returns>The machine; or what the read came to in its place.</returns>
    public static async Task<(MachineAnswer? Machine, BodyReading? Other)> ReadAsync(
        ArmPipelines arm, HttpPipeline pipeline, TargetId target, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(ResourceAddress.Of(arm.Connection, target, ApiVersions.Machines));
        address.Query = $"{address.Query.TrimStart('?')}&$expand=instanceView";
        var reading = await BodyReader.ReadAsync(pipeline, address.Uri, cancellationToken).ConfigureAwait(false);
        if (reading is not BodyReading.Found { Body: var body })
        {
            return (null, reading);
        }

        try
        {
            using var document = JsonDocument.Parse(body.ToMemory(), JsonVersion.Strict);
            return MachineAnswer.Read(document.RootElement, document.RootElement, out var problem) is not { } machine ? (null, new BodyReading.Unreadable(problem))
                : machine.Id != target ? (null, new BodyReading.Unreadable("the answer is about another resource"))
                : (machine, null);
        }
        catch (JsonException exception)
        {
            return (null, new BodyReading.Unreadable(AzureFaults.Describe(exception)));
        }
    }

    /// <summary>Why there is no machine, for people.</summary>
    public static string Why(BodyReading reading) => reading switch
    {
        BodyReading.Gone => "the machine does not exist any more",
        BodyReading.Refused refused => refused.Error.Describe(),
        BodyReading.Unreadable unreadable => unreadable.Reason,
        _ => throw new InvalidOperationException($"a machine cannot be read as {reading.GetType().Name}"),
    };
}
