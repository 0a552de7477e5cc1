namespace ScaleFunctions.Core.Targets;

/// <summary>Lists the resources that have a capacity.</summary>
public interface ITargetInventory
{
    /// <summary>Lists every reachable target. A failed page gives <see cref="InventoryReading.Partial"/>, never an exception.</summary>
    Task<InventoryReading> ListAsync(CancellationToken cancellationToken);
}
