namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A piece of a text that another one takes the place of.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">How long it is; 0 to put something in.</param>
/// <param name="Text">What comes there.</param>
public sealed record TextEdit(int Offset, int Length, string Text)
{
    internal int End => Offset + Length;
}
