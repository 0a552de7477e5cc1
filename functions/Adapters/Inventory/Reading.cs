namespace ScaleFunctions.Adapters.Inventory;

/// <summary>What a reading came to.</summary>
/// <param name="Value">What is known; absent when nothing is.</param>
/// <param name="Problem">What was wrong with the latest attempt; empty when nothing was.</param>
internal sealed record Reading<T>(T? Value, string Problem)
    where T : class
{
    public static Reading<T> Of(T value) => new(value, "");

    public static Reading<T> Failed(string problem) => new(null, problem);
}
