namespace ScaleFunctions.Core.Policies;

/// <summary>What a step of a budget's ladder does; in the order in which ladders have them, the mildest first.</summary>
public enum BudgetStepKind
{
    /// <summary>People are told; nothing is changed.</summary>
    Notify,

    /// <summary>Off for more hours than otherwise.</summary>
    OffHours,

    /// <summary>Fewer instances at most.</summary>
    LowerMaximum,

    /// <summary>No instances, until it is undone.</summary>
    Stop,

    /// <summary>Instances of a cheaper size, as many as there are.</summary>
    CheaperSize,

    /// <summary>No more instances than there are.</summary>
    FreezeScaleOut,
}
