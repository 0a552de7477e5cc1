using System.Text.Json;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// That somebody says of a budget that it may be over. Whoever may publish can say so: it leads to a look at the budget with our
/// own identity, and to nothing else.
/// </summary>
/// <param name="Budget">Id of the budget of Azure, or the name of a policy; as it was told.</param>
/// <param name="Source">Who says so: <c>action-group</c> or <c>fast-clock</c>.</param>
/// <param name="Meaning">What is said, for telling repetitions: period, threshold. Empty when it is not clear.</param>
public sealed record BudgetSignal(string Budget, string Source, string Meaning)
{
    /// <summary>The type of the event on Event Grid.</summary>
    public const string EventType = "ScaleFunctions.BudgetSignal";

    public const string DataVersion = "1";

    public string ToJson() => JsonSerializer.Serialize(this, BudgetJson.Default.BudgetSignal);
}
