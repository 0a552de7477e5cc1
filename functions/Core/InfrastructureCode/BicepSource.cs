namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>
/// Finds the resources of a Bicep file that set a capacity. What keeps it is a parameter without a default, which whoever deploys
/// has to give the count there is. An <c>existing</c> reference in the same file does not compile: the size of a resource has to
/// be known when the deployment begins (BCP120).
/// </summary>
internal sealed class BicepSource
{
    private const string AutoscaleType = "microsoft.insights/autoscalesettings";

    private readonly CodeFile _file;
    private readonly IReadOnlyList<BicepStatement> _statements;
    private readonly List<CapacityReset> _resets = [];
    private readonly List<CodeDoubt> _doubts = [];
    private readonly List<string> _handedOver = [];

    /// <exception cref="CodeSyntaxException">It is no Bicep.</exception>
    public BicepSource(CodeFile file)
    {
        _file = file;
        _statements = BicepReader.Read(file.Text);
        foreach (var resource in _statements.Where(each => each.Keyword == "resource"))
        {
            Look(resource);
        }
    }

    public IReadOnlyList<CapacityReset> Resets => _resets;

    public IReadOnlyList<CodeDoubt> Doubts => _doubts;

    /// <summary>Parameters without a default that capacities come from.</summary>
    public IReadOnlyList<string> HandedOver => _handedOver;

    private void Look(BicepStatement resource)
    {
        if (TerraformKind.AzureTypeOf(resource.Type.TrimStart('\'')) is not { } type || resource.Type.EndsWith("existing", StringComparison.Ordinal)
            || BicepReader.ObjectOf(_file.Text, resource, out var isLoop) is var open && open < 0
            || Property(open, "sku") is not { } sku)
        {
            return;
        }

        if (_file.Text[sku.ValueStart] != '{')
        {
            if (Variable(sku.Value(_file.Text)) is not { } variable || _file.Text[variable.ValueStart] != '{')
            {
                _doubts.Add(new CodeDoubt(_file.Path, _file.LineAt(sku.Start), $"the size of {resource.Name} comes from '{Short(sku.Value(_file.Text))}', which is not followed"));
                return;
            }

            sku = sku with { ValueStart = variable.ValueStart };
        }

        if (Property(sku.ValueStart, "capacity") is { } capacity)
        {
            Judge(resource, type, capacity, isLoop);
        }
    }

    private void Judge(BicepStatement resource, string type, CodeAttribute capacity, bool isLoop)
    {
        var value = capacity.Value(_file.Text);
        var parameter = _statements.FirstOrDefault(each => each.Keyword == "param" && each.Name == value);
        if (parameter is { HasValue: false })
        {
            _handedOver.Add(value);
            _doubts.Add(new CodeDoubt(
                _file.Path, _file.LineAt(capacity.Start), $"{resource.Name} takes its capacity from the parameter {value}: it is kept if every deployment passes the count there is, which is not seen here"));
            return;
        }

        var given = parameter?.Name ?? FreeName($"{resource.Name}Capacity");
        _resets.Add(new CapacityReset
        {
            File = _file.Path,
            Line = _file.LineAt(parameter is null ? capacity.Start : parameter.Sign),
            Address = resource.Name,
            Type = type,
            Sets = Short(parameter?.Value(_file.Text) ?? value),
            Proof = ResetProof.Code,
            Autoscale = AutoscaleOf(resource.Name),
            Advice = isLoop
                ? "take the capacity of each from a parameter without a default, and pass the counts there are; a loop is not patched here"
                : BicepAdvice.Of(given, type),
            Edits = isLoop ? [] : parameter is { } known
                ? [new TextEdit(TrimmedEnd(known.Sign), known.End - TrimmedEnd(known.Sign), "")]
                : [new TextEdit(capacity.ValueStart, capacity.ValueEnd - capacity.ValueStart, given), Declaration(given)],
        });
    }

    /// <summary>Behind the last parameter, or before the first declaration that is none.</summary>
    private TextEdit Declaration(string name)
    {
        var end = _file.NewLine;
        var text = $"@description('Instances to keep: those there are when the deployment begins.'){end}param {name} int{end}";
        return _statements.LastOrDefault(each => each.Keyword == "param") is { } last
            ? _file.NextLine(last.End) is var line && line < _file.Text.Length || _file.Text.EndsWith('\n') ? new TextEdit(line, 0, $"{end}{text}") : new TextEdit(line, 0, $"{end}{end}{text}")
            : new TextEdit(_file.LineStart(_statements.First(each => each.Keyword is not ("targetScope" or "metadata" or "import" or "using")).Start), 0, $"{text}{end}");
    }

    private CodeAttribute? Property(int open, string name) => BicepReader.ReadObject(_file.Text, open).FirstOrDefault(each => each.Name == name);

    private BicepStatement? Variable(string name) => _statements.FirstOrDefault(each => each.Keyword == "var" && each.Name == name);

    private string? AutoscaleOf(string symbol) => _statements
        .Where(each => each.Keyword == "resource" && each.Type.TrimStart('\'').StartsWith($"{AutoscaleType}@", StringComparison.OrdinalIgnoreCase)
            && each.Value(_file.Text).Contains($"{symbol}.id", StringComparison.Ordinal))
        .Select(each => $"{_file.Path}:{_file.LineAt(each.Sign)}")
        .FirstOrDefault();

    private string FreeName(string name)
    {
        while (_file.Text.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            name += "Now";
        }

        return name;
    }

    private int TrimmedEnd(int sign) => _file.Text.AsSpan(0, sign).TrimEnd().Length;

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 60 ? line : $"{line[..59]}…";
    }
}
