using System.Collections.Concurrent;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Adapters.Limits;

/// <summary>
/// Reads management locks: learn.microsoft.com/rest/api/resources/management-locks/list-at-subscription-level, which has those of
/// groups and resources, too. One read for a subscription in five minutes.
/// </summary>
internal sealed class ResourceLocks(ArmPipelines arm) : ILockSource
{
    private const string Type = "/providers/Microsoft.Authorization/locks/";

    private readonly ConcurrentDictionary<string, DatedReading<IReadOnlyList<ResourceLock>>> _known = new(StringComparer.OrdinalIgnoreCase);

    public Task<FactReading<IReadOnlyList<ResourceLock>>> ReadLocksAsync(string subscription, CancellationToken cancellationToken) =>
        _known.GetOrAdd(subscription, _ => new(arm.Connection.Time)).GetAsync(
            token => LimitReading.ListAsync(
                arm, $"/subscriptions/{Uri.EscapeDataString(subscription)}{Type.TrimEnd('/')}?api-version={ApiVersions.Locks}", "locks", Read, token),
            cancellationToken);

    /// <exception cref="JsonException">It does not tell what it locks, or how: that may be anything.</exception>
    private static ResourceLock Read(JsonElement element)
    {
        var id = LimitReading.Text(element, "id");
        var place = id?.LastIndexOf(Type, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (place <= 0 || LimitReading.Member(element, "properties", JsonValueKind.Object) is not { } properties
            || LimitReading.Text(properties, "level") is not { Length: > 0 } level)
        {
            throw new JsonException("a lock does not tell what it locks");
        }

        return new ResourceLock(
            AzureFaults.OneLine(id![(place + Type.Length)..]), id[..place],
            string.Equals(level, nameof(LockLevel.ReadOnly), StringComparison.OrdinalIgnoreCase) ? LockLevel.ReadOnly : LockLevel.CanNotDelete);
    }
}
