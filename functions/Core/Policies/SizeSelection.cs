using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Policies;

/// <summary>Which sizes may be recommended.</summary>
/// <param name="Sizes">Names, or beginnings of names followed by <c>*</c>.</param>
/// <param name="Families">As Azure names them: <c>standardDSv5Family</c>. Empty, with no sizes either: that of the size there is.</param>
public sealed record SizeSelection(IReadOnlyList<string> Sizes, IReadOnlyList<string> Families)
{
    public static SizeSelection SameFamily { get; } = new([], []);

    public bool Has(SizeOffer size, SizeOffer now) => Sizes.Count + Families.Count == 0
        ? Is(size.Family, now.Family)
        : Sizes.Any(pattern => NamePattern.Fits(pattern, size.Name)) || Families.Any(family => Is(family, size.Family));

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
