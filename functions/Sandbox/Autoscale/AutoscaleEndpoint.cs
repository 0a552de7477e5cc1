using System.Text.Json;
using ScaleFunctions.Sandbox.Arm;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Autoscale;

/// <summary>Reads and writes of autoscale settings. Their API knows neither an ETag nor a precondition.</summary>
internal sealed class AutoscaleEndpoint(SimulatedEstate estate, ResourcePages pages, ResourceWrites writes)
{
    public SandboxAnswer List(SandboxRequest request, RequestRoute route) => pages.List(
        request, route, (skip, take) => estate.ListSettings(route.Subscription, route.ResourceGroup, skip, take), Write);

    public SandboxAnswer Get(RequestRoute route) =>
        estate.Setting(route.Target!) is { } setting ? Show(200, setting) : NotFound(route);

    public SandboxAnswer Change(SandboxRequest request, RequestRoute route)
    {
        if (ResourcesEndpoint.CheckScope(estate, route) is { } error)
        {
            return error;
        }

        var current = estate.Setting(route.Target!);
        if (current is null && request.Method == "PATCH")
        {
            return NotFound(route);
        }

        var (document, setting, problem) = request.Method == "PATCH"
            ? SettingBody.Patched(current!.Document, request.Body)
            : SettingBody.Whole(request.Body);
        if (setting is null)
        {
            return SandboxAnswer.Error(400, "BadRequest", problem);
        }

        SandboxAnswer answer = null!;
        estate.PutSetting(route.Target!, document, setting, change =>
        {
            answer = change.Refusal is { } refusal
                ? SandboxAnswer.Error(409, "SettingAlreadyExists", refusal)
                : Show(change.IsNew ? 201 : 200, change.Setting!);
            writes.Record(request, record => record with
            {
                Status = answer.Status,
                IsEffective = change.IsEffective,
                CapacityBefore = change.MinimumBefore,
                CapacityAfter = change.MinimumAfter,
            });
        });
        return answer;
    }

    private static SandboxAnswer Show(int status, SettingView setting) => SandboxAnswer.Json(status, writer => Write(writer, setting));

    private static void Write(Utf8JsonWriter writer, SettingView setting)
    {
        writer.WriteStartObject();
        writer.WriteString("id", setting.Id.Value);
        writer.WriteString("name", setting.Id.Name);
        writer.WriteString("type", "Microsoft.Insights/autoscaleSettings");
        foreach (var member in setting.Document.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private SandboxAnswer NotFound(RequestRoute route) => ResourcesEndpoint.CheckScope(estate, route) ?? SandboxAnswer.Error(
        404, "ResourceNotFound", $"There is no autoscale setting '{route.Target!.Name}' in the resource group '{route.ResourceGroup}'.");
}
