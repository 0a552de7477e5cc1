namespace ScaleFunctions.Core.Limits;

/// <summary>What is known of something that Azure can be asked. What could not be read proves nothing, either way.</summary>
public abstract record FactReading<T>
    where T : class
{
    private FactReading()
    {
    }

    /// <param name="Value">What Azure said.</param>
    /// <param name="At">When.</param>
    public sealed record Known(T Value, DateTimeOffset At) : FactReading<T>;

    /// <param name="Why">For people.</param>
    public sealed record Unknown(string Why) : FactReading<T>;
}
