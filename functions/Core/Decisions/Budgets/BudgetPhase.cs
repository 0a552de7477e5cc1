namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>How far a step of a ladder is.</summary>
public enum BudgetPhase
{
    /// <summary>Nobody wants it.</summary>
    Idle,

    /// <summary>People know that it comes; nothing is done yet.</summary>
    Announced,

    /// <summary>They were told a last time; nothing is done yet.</summary>
    InGrace,

    Active,

    /// <summary>The first resources are as before; the others follow.</summary>
    Undoing,
}
