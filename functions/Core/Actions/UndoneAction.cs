using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Actions;

/// <summary>The action that a person takes back by another one.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Why">Why.</param>
/// <param name="HeldUntil">Until when nothing automatic does the same again.</param>
public sealed record UndoneAction(long Epoch, string By, string Why, DateTimeOffset HeldUntil)
{
    /// <summary>The set of policies that had asked for it.</summary>
    public string PolicyVersion { get; init; } = "";

    /// <summary>What a person had taken back before; it holds on when this one changes nothing.</summary>
    public DirectionHold? Before { get; init; }
}
