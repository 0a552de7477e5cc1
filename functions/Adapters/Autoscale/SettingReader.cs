using System.Text.Json;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Autoscale;

/// <summary>Reads one setting as raw JSON: a typed model would drop what it does not know, and a write sends all of it back.</summary>
internal sealed class SettingReader(ArmPipelines arm)
{
    /// <param name="pipeline">With retries, or without.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="now">When its profiles are looked at.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<SettingReading> ReadAsync(HttpPipeline pipeline, TargetId setting, DateTimeOffset now, CancellationToken cancellationToken) =>
        await BodyReader.ReadAsync(pipeline, ResourceAddress.Of(arm.Connection, setting, ApiVersions.AutoscaleSettings), cancellationToken, SettingBody.LargestBody).ConfigureAwait(false) switch
        {
            BodyReading.Found found => Read(setting, found.Body, now),
            BodyReading.Gone => new SettingReading.Gone(),
            BodyReading.Refused refused => new SettingReading.Refused(refused.Error),
            BodyReading.Unreadable unreadable => new SettingReading.Unreadable(unreadable.Reason),
            var other => throw new InvalidOperationException($"a body cannot be read as {other.GetType().Name}"),
        };

    private static SettingReading Read(TargetId id, BinaryData body, DateTimeOffset now)
    {
        try
        {
            using var document = SettingBody.Parse(body);
            return SettingAnswer.Read(document.RootElement, now, out var problem) is not { } setting ? new SettingReading.Unreadable(problem)
                : setting.Id != id ? new SettingReading.Unreadable("the answer is about another setting")
                : new SettingReading.Found(setting, SettingBody.Version(document.RootElement), body);
        }
        catch (JsonException exception)
        {
            return new SettingReading.Unreadable(AzureFaults.Describe(exception));
        }
    }
}
