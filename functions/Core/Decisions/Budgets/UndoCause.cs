namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>Why a step is undone.</summary>
public enum UndoCause
{
    /// <summary>The forecast has been low for long enough; when it rises again meanwhile, the step stays.</summary>
    Calm,

    PeriodTurned,

    /// <summary>A person wants it.</summary>
    Person,
}
