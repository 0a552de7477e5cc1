using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.App.Local;

/// <summary>The simulated estates there are.</summary>
internal static class EstateNames
{
    public const string Shop = "shop";
    public const string Large = "large";

    public static string[] All { get; } = [Shop, Large];

    public static EstateSpec Create(string name, int seed) => name == Large ? LargeEstate.Create(seed) : EstateSpec.CreateDefault(seed);
}
