namespace ScaleFunctions.Core.Policies;

/// <summary>The capacities a resource of a declared kind may have.</summary>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The most.</param>
/// <param name="Steps">The only ones there are, ascending; empty when every whole number in between is one.</param>
/// <example>Databases by DTU are sold as 10, 20, 50, 100: a load for 37 needs 50, and from 20 the next is 50.</example>
public sealed record CapacityRange(int Minimum, int Maximum, IReadOnlyList<int> Steps)
{
    public bool Allows(int capacity) => capacity >= Minimum && capacity <= Maximum && (Steps.Count == 0 || Steps.Contains(capacity));

    /// <summary>The smallest there is that carries a load for so much; the largest there is when none does.</summary>
    public int Carrying(int wanted) =>
        Steps.Count == 0 ? wanted : Steps.FirstOrDefault(step => step >= wanted, Steps[^1]);

    /// <summary>The nearest step above or below a capacity; nothing where there is none, or no steps.</summary>
    public int? Beside(int from, bool above) => above
        ? Steps.Where(step => step > from).Select(step => (int?)step).FirstOrDefault()
        : Steps.Where(step => step < from).Select(step => (int?)step).LastOrDefault();

    /// <summary>What there is from one capacity towards another and not beyond it; nothing when that is not even one step.</summary>
    public int? Towards(int from, int goal) =>
        Steps.Count == 0 ? goal
        : goal > from ? Steps.Where(step => step > from && step <= goal).Select(step => (int?)step).LastOrDefault()
        : Steps.Where(step => step < from && step >= goal).Select(step => (int?)step).FirstOrDefault();
}
