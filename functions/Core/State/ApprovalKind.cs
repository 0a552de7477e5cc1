namespace ScaleFunctions.Core.State;

/// <summary>What a person is asked for.</summary>
public enum ApprovalKind
{
    /// <summary>These lowerings, beyond the cap of a tick.</summary>
    Lowerings,

    /// <summary>Any lowerings beyond the cap, for a while.</summary>
    LoweringWindow,

    /// <summary>A step of a budget's ladder.</summary>
    BudgetStep,

    /// <summary>That resources which vanished from the inventory are gone.</summary>
    Inventory,

    /// <summary>That policies which govern far fewer resources are meant.</summary>
    Policies,
}
