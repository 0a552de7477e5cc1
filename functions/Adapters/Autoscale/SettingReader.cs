using Azure.Core;
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
    public async Task<SettingReading> ReadAsync(HttpPipeline pipeline, TargetId setting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(ResourceAddress.Of(arm.Connection, setting, ApiVersions.AutoscaleSettings));
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        try
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (message.Response.Status == 200)
            {
                return Read(setting, message.Response.Content, now);
            }

            // 404 alone could also be a wrong address or a subscription we may not see.
            var error = ArmError.Parse(message.Response);
            return error is { Status: 404, Code: "ResourceNotFound" or "ResourceGroupNotFound" }
                ? new SettingReading.Gone()
                : new SettingReading.Refused(error);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new SettingReading.Unreadable(AzureFaults.Describe(exception));
        }
    }

    private static SettingReading Read(TargetId id, BinaryData body, DateTimeOffset now)
    {
        if (body.ToMemory().Length > SettingBody.LargestBody)
        {
            return new SettingReading.Unreadable("the answer is too long for an autoscale setting");
        }

        using var document = SettingBody.Parse(body);
        return SettingAnswer.Read(document.RootElement, now, out var problem) is not { } setting ? new SettingReading.Unreadable(problem)
            : setting.Id != id ? new SettingReading.Unreadable("the answer is about another setting")
            : new SettingReading.Found(setting, SettingBody.Version(document.RootElement), body);
    }
}
