using System.Collections.Concurrent;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Limits;

/// <summary>
/// Asks, as the identity that writes, what it may do: learn.microsoft.com/rest/api/authorization/permissions. Roles are mostly given on
/// subscriptions and groups, so the group is asked first, once in fifteen minutes, and a resource only when its group grants nothing.
/// </summary>
internal sealed class WriterPermissions(ArmPipelines arm) : IPermissionSource
{
    private const int Times = 3;

    private readonly ConcurrentDictionary<string, DatedReading<GrantedActions>> _known = new(StringComparer.OrdinalIgnoreCase);

    public async Task<FactReading<GrantedActions>> ReadPermissionsAsync(TargetId target, string action, CancellationToken cancellationToken)
    {
        var group = await ReadAsync($"/subscriptions/{target.Subscription}/resourceGroups/{target.ResourceGroup}", cancellationToken).ConfigureAwait(false);
        return group is FactReading<GrantedActions>.Known known && !known.Value.Allow(action)
            ? await ReadAsync(target.Value, cancellationToken).ConfigureAwait(false)
            : group;
    }

    private Task<FactReading<GrantedActions>> ReadAsync(string scope, CancellationToken cancellationToken) =>
        _known.GetOrAdd(scope, _ => new(arm.Connection.Time, Times)).GetAsync(token => AskAsync(scope, token), cancellationToken);

    private async Task<Reading<GrantedActions>> AskAsync(string scope, CancellationToken cancellationToken)
    {
        var path = string.Join('/', scope.Split('/').Select(Uri.EscapeDataString));
        var roles = await LimitReading.ListAsync(
            arm, $"{path}/providers/Microsoft.Authorization/permissions?api-version={ApiVersions.Permissions}", "permissions", Read,
            cancellationToken, arm.WriterReads).ConfigureAwait(false);
        return new(roles.Value is { } list ? new GrantedActions(list) : null, roles.Problem);
    }

    /// <exception cref="JsonException">It is no list of actions.</exception>
    private static GrantedActions.Role Read(JsonElement element) => LimitReading.Member(element, "actions", JsonValueKind.Array) is null
        ? throw new JsonException("a permission has no actions")
        : new GrantedActions.Role(LimitReading.Texts(element, "actions"), LimitReading.Texts(element, "notActions"));
}
