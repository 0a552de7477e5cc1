namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>What a step can save at most until the period ends.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Saves">Of what instances cost that run now, beyond what steps before it save.</param>
/// <param name="Prevents">What more instances could cost that it does not let begin; nothing of what is expected now.</param>
/// <param name="Resources">Resources it changes.</param>
/// <param name="NotPriced">Of these, resources whose price nobody knows; what they save is not in the amounts.</param>
public sealed record StepReach(string Step, decimal Saves, decimal Prevents, int Resources, int NotPriced);
