namespace ScaleFunctions.Core.Notifications;

/// <summary>What came of sending a message.</summary>
public abstract record Delivery
{
    private Delivery()
    {
    }

    public sealed record Done : Delivery;

    /// <param name="Problem">For people; without address and key.</param>
    /// <param name="IsFinal">Whether trying again cannot help, as when the address is refused.</param>
    /// <param name="Wait">How long the channel asks to wait.</param>
    public sealed record Failed(string Problem, bool IsFinal = false, TimeSpan? Wait = null) : Delivery;
}
