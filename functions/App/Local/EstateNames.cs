using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.App.Local;

/// <summary>The simulated estates there are.</summary>
internal static class EstateNames
{
    public const string Shop = "shop";
    public const string Large = "large";

    public const string Leftovers = "leftovers";

    public static string[] All { get; } = [Shop, Large, Leftovers];

    public static EstateSpec Create(string name, int seed) => name switch
    {
        Large => LargeEstate.Create(seed),
        Leftovers => LeftoverEstate.Create(seed),
        _ => EstateSpec.CreateDefault(seed),
    };
}
