using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>A deny assignment that keeps everybody from some changes, as managed applications and services put on what is theirs.</summary>
/// <param name="Name">For people.</param>
/// <param name="Scope">Id of the subscription, group or resource it is on.</param>
/// <param name="IsForChildren">Whether it also holds below its scope.</param>
/// <param name="Actions">What is denied, with <c>*</c> for anything.</param>
/// <param name="Exempt">What of that is not.</param>
internal sealed record DenyAssignment(string Name, string Scope, bool IsForChildren, IReadOnlyList<string> Actions, IReadOnlyList<string> Exempt)
{
    /// <summary>The principal that stands for everybody.</summary>
    private const string Everybody = "00000000-0000-0000-0000-000000000000";

    /// <summary>Those of a subscription and of all below it. One that is not readable is none: Azure enforces it anyway.</summary>
    public static async Task<Reading<IReadOnlyList<DenyAssignment>>> ReadAsync(
        ArmPipelines arm, string subscription, CancellationToken cancellationToken)
    {
        var found = new List<DenyAssignment>();
        var address = new Uri(
            arm.Connection.Environment.Endpoint,
            $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/Microsoft.Authorization/denyAssignments?api-version={ApiVersions.DenyAssignments}");
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm, address, "deny assignments", (each, _) => found.AddRange(Read(each)), cancellationToken).ConfigureAwait(false);
            return new(problem is null ? found : null, problem ?? "");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return Reading<IReadOnlyList<DenyAssignment>>.Failed($"deny assignments: {AzureFaults.Describe(exception)}");
        }
    }

    /// <summary>Whether changes of a resource are denied.</summary>
    public bool Covers(TargetId target) => IsAbove(target.Value) && Denies($"{target.ResourceType}/write");

    private bool IsAbove(string id) =>
        string.Equals(Scope, id, StringComparison.OrdinalIgnoreCase)
        || (IsForChildren && id.StartsWith($"{Scope.TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase));

    private bool Denies(string action) =>
        Actions.Any(each => ActionPattern.Fits(each, action)) && !Exempt.Any(each => ActionPattern.Fits(each, action));

    private static IEnumerable<DenyAssignment> Read(JsonElement each)
    {
        if (Member(each, "properties", JsonValueKind.Object) is not { } properties || Text(properties, "scope") is not { } scope
            || !Items(properties, "principals").Any(principal => Text(principal, "id") == Everybody))
        {
            yield break;
        }

        var name = AzureFaults.OneLine(Text(properties, "denyAssignmentName") ?? "one without a name");
        var forChildren = !(properties.TryGetProperty("doNotApplyToChildScopes", out var not) && not.ValueKind == JsonValueKind.True);
        foreach (var permission in Items(properties, "permissions"))
        {
            yield return new DenyAssignment(name, scope, forChildren, Texts(permission, "actions"), Texts(permission, "notActions"));
        }
    }

    private static JsonElement? Member(JsonElement owner, string name, JsonValueKind kind) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static string? Text(JsonElement owner, string name) => Member(owner, name, JsonValueKind.String)?.GetString();

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name) =>
        Member(owner, name, JsonValueKind.Array)?.EnumerateArray() ?? default;

    private static IReadOnlyList<string> Texts(JsonElement owner, string name) =>
        [.. Items(owner, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
}
