using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Actions;

/// <summary>What is to be known of a new size once Azure has taken it.</summary>
/// <param name="Terms">How it is brought to the instances.</param>
/// <param name="UnhealthyBefore">Instances that were not well before it.</param>
/// <param name="Undoes">Why it takes an earlier one back; absent when it does not.</param>
public sealed record RollOutOrder(RollOutTerms Terms, int UnhealthyBefore, string? Undoes)
{
    /// <summary>The hour in which it is looked at again; absent where that is not known.</summary>
    public PeakHour? Peak { get; init; }

    /// <summary>Whether what the earlier one was for is over: there is nothing wrong with that size.</summary>
    public bool IsOwed { get; init; }
}
