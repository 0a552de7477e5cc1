namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A name and a value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Start">Offset of the name.</param>
/// <param name="ValueStart">Offset of the value.</param>
/// <param name="ValueEnd">Offset after it, comments and blanks left out.</param>
internal sealed record CodeAttribute(string Name, int Start, int ValueStart, int ValueEnd)
{
    public string Value(string text) => text[ValueStart..ValueEnd];
}
