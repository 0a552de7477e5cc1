namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>What is in a file of HCL, a block, or an object.</summary>
internal sealed record HclBody(IReadOnlyList<CodeAttribute> Attributes, IReadOnlyList<HclBlock> Blocks)
{
    public CodeAttribute? Attribute(string name) => Attributes.FirstOrDefault(each => each.Name == name);

    public HclBlock? Block(string type) => Blocks.FirstOrDefault(each => each.Type == type);
}
