using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Arm;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.ActivityLogs;

/// <summary>
/// The activity log of one resource, made of the write log: learn.microsoft.com/rest/api/monitor/activity-logs/list. Foreign changes are
/// somebody's at a keyboard, and Azure's own autoscale's.
/// </summary>
internal sealed partial class ActivityLogEndpoint(SimulatedEstate estate, WriteLog writes, ResourcePages pages, TimeProvider clock)
{
    /// <summary>Who makes foreign changes here.</summary>
    private const string Somebody = "ann@contoso.com";

    private const string Autoscale = "Microsoft.Insights/autoscaleSettings";

    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    public SandboxAnswer List(SandboxRequest request, RequestRoute route)
    {
        var match = Filter().Match(request.Parameter("$filter") ?? "");
        if (!match.Success || !TargetId.TryParse(match.Groups["resource"].Value, out var target)
            || !TryRead(match.Groups["from"].Value, out var from) || !TryRead(match.Groups["to"].Value, out var to))
        {
            return Refuse("The sandbox lists the events of one resource: $filter=eventTimestamp ge '…' and eventTimestamp le '…' and resourceUri eq '…'.");
        }

        // A second more than 90 days is refused; who asks for exactly as much may be a little late.
        if (from < clock.GetUtcNow() - Retention - TimeSpan.FromMinutes(1))
        {
            return Refuse("The start time cannot be more than 90 days in the past.");
        }

        var events = writes.Of(target).Where(record => record.At >= from && record.At <= to).Reverse().ToList();
        return ResourcesEndpoint.CheckScope(estate, route) ?? pages.List<WriteRecord>(
            request, route, (skip, take) => ([.. events.Skip(skip).Take(take)], events.Count > skip + take),
            (writer, record) => Write(writer, record, target));
    }

    private static void Write(Utf8JsonWriter writer, WriteRecord record, TargetId target)
    {
        writer.WriteStartObject();
        writer.WriteString("caller", record.Method == "AUTOSCALE" ? Autoscale : record.IsForeign ? Somebody : "scalefunctions");
        WriteText(writer, "operationName", $"{target.ResourceType}/write");
        writer.WriteString("resourceId", target.Value);
        WriteText(writer, "status", record.Status is null or < 300 ? "Succeeded" : "Failed");
        writer.WriteString("eventTimestamp", record.At);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString("value", value);
        writer.WriteString("localizedValue", value);
        writer.WriteEndObject();
    }

    private static bool TryRead(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);

    // Monitor states its own errors without the usual 'error' around them.
    private static SandboxAnswer Refuse(string message) => SandboxAnswer.Json(400, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("code", "BadRequest");
        writer.WriteString("message", message);
        writer.WriteEndObject();
    });

    [GeneratedRegex(
        "^eventTimestamp ge '(?<from>[^']+)' and eventTimestamp le '(?<to>[^']+)' and resourceUri eq '(?<resource>[^']+)'$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Filter();
}
