namespace ScaleFunctions.Core.Signals;

/// <summary>
/// The sizes that calculations can be made with. They multiply up to three numbers: of larger ones nothing but infinity is
/// left, of smaller ones nothing at all. No load is anywhere near either end.
/// </summary>
public static class NumberRange
{
    public const double Largest = 1e100;

    private const double Smallest = 1e-100;

    /// <summary>Whether it can be calculated with; infinity and NaN cannot.</summary>
    public static bool Holds(double value) => Math.Abs(value) <= Largest;

    /// <summary>The value, or 0 for one that is too small to make a difference.</summary>
    public static double Of(double value) => Math.Abs(value) < Smallest ? 0 : value;
}
