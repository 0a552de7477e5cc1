using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Limits;
using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.ActivityLogs;

/// <summary>Reads the activity log of one resource: learn.microsoft.com/rest/api/monitor/activity-logs/list. What only read is left out.</summary>
internal sealed class ResourceActivity(ArmPipelines arm) : IActivityLog
{
    /// <summary>Kept for so long; Azure refuses what begins earlier.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    public async Task<ActivityReading> ReadAsync(TargetId target, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var oldest = arm.Connection.Time.GetUtcNow() - Retention;
        var begin = from < oldest ? oldest : from;
        if (begin >= to)
        {
            return new ActivityReading.Read([]);
        }

        var filter = $"eventTimestamp ge '{Time(begin)}' and eventTimestamp le '{Time(to)}' and resourceUri eq '{target.Value.Replace("'", "''", StringComparison.Ordinal)}'";
        var records = await LimitReading.ListAsync(
            arm,
            $"/subscriptions/{Uri.EscapeDataString(target.Subscription)}/providers/Microsoft.Insights/eventtypes/management/values?api-version={ApiVersions.ActivityLog}"
            + $"&$filter={Uri.EscapeDataString(filter)}&$select={Uri.EscapeDataString("caller,eventTimestamp,operationName,resourceId,status")}",
            "the activity log", element => Read(element, target), cancellationToken).ConfigureAwait(false);
        return records.Value is { } found
            ? new ActivityReading.Read([.. found.OrderByDescending(record => record.At)])
            : new ActivityReading.Unreadable(records.Problem);
    }

    /// <summary>An event, or null when it is none of the resource's, or changed nothing.</summary>
    private static ActivityRecord? Read(JsonElement element, TargetId target)
    {
        var resource = LimitReading.Text(element, "resourceId");
        if (!string.Equals(resource, target.Value, StringComparison.OrdinalIgnoreCase)
            || Value(element, "operationName") is not { Length: > 0 } operation || operation.EndsWith("/read", StringComparison.OrdinalIgnoreCase)
            || LimitReading.Member(element, "eventTimestamp", JsonValueKind.String)?.TryGetDateTimeOffset(out var at) is not true)
        {
            return null;
        }

        return new ActivityRecord(
            at,
            LimitReading.Text(element, "caller") is { Length: > 0 } caller ? AzureFaults.OneLine(caller) : "unknown",
            AzureFaults.OneLine(operation), resource!, AzureFaults.OneLine(Value(element, "status") ?? ""));
    }

    private static string? Value(JsonElement element, string name) =>
        LimitReading.Member(element, name, JsonValueKind.Object) is { } text ? LimitReading.Text(text, "value") : null;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
