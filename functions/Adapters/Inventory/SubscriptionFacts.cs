using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>What is read of one subscription to tell who sets the capacity of what is in it.</summary>
internal sealed class SubscriptionFacts(ArmPipelines arm, string subscription)
{
    private readonly SlowReading<IReadOnlyDictionary<string, string>> _groups = new(arm.Connection.Time);
    private readonly SlowReading<IReadOnlyList<DenyAssignment>> _denied = new(arm.Connection.Time);

    public Task<Reading<IReadOnlyDictionary<string, string>>> GroupManagersAsync(CancellationToken cancellationToken) =>
        _groups.GetAsync(token => GroupManager.ReadAsync(arm, subscription, token), cancellationToken);

    public Task<Reading<IReadOnlyList<DenyAssignment>>> DeniedAsync(CancellationToken cancellationToken) =>
        _denied.GetAsync(token => DenyAssignment.ReadAsync(arm, subscription, token), cancellationToken);
}
