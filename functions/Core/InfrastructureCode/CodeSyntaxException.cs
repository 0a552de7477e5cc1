namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A text is not what it claims to be; caught where the file is read.</summary>
internal sealed class CodeSyntaxException(int offset, string message) : Exception(message)
{
    public int Offset => offset;
}
