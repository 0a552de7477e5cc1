using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>
/// What may be lost at any moment without the load becoming too much for the rest: the fleet is counted in equal parts, and
/// the largest of them does not count. Azure spreads instances evenly over zones, so that a zone holds one more than another
/// at most.
/// </summary>
/// <param name="Parts">Of how many parts one may be lost; 0 when nothing need be survived.</param>
/// <example>
/// <code>
/// to survive     6 instances leave    for 6 to be left
/// nothing                        6                   6
/// an instance                    5                   7
/// one of 3 zones                 4                   9
/// one of 2 zones                 3                  12
/// </code>
/// </example>
public sealed record LossToSurvive(int Parts)
{
    private const long Most = 1_000_000;

    public static LossToSurvive Nothing { get; } = new(0);

    /// <summary>Every instance is a part of its own.</summary>
    public static LossToSurvive Instance { get; } = new(int.MaxValue);

    /// <param name="wanted">What the policy wants to survive.</param>
    /// <param name="zones">Zones the target is in; with fewer than two there is none to survive without, and an instance counts.</param>
    public static LossToSurvive Of(SurvivableLoss wanted, int zones) => wanted switch
    {
        SurvivableLoss.Zone when zones > 1 => new LossToSurvive(zones),
        SurvivableLoss.None => Nothing,
        _ => Instance,
    };

    /// <summary>What is left of a count after the loss.</summary>
    public int Survivors(int instances) => Parts == 0 ? instances : (int)Math.Max(0, instances - (((long)instances + Parts - 1) / Parts));

    /// <summary>The least count of which so many are left.</summary>
    public int Needed(int survivors)
    {
        if (Parts == 0 || survivors <= 0)
        {
            return survivors;
        }

        var needed = Math.Min(Most, Math.Max(survivors + 1L, (long)survivors * Parts / Math.Max(1, Parts - 1)));
        while (needed < Most && Survivors((int)needed) < survivors)
        {
            needed++;
        }

        return (int)needed;
    }
}
