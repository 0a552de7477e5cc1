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
    private readonly List<BicepNeed> _needs = [];
    private readonly ILookup<(string Keyword, string Name), BicepStatement> _byName;
    private readonly IReadOnlyList<BicepStatement> _autoscales;
    private readonly BicepStatement? _lastParameter;
    private readonly Lazy<HashSet<string>> _words;

    /// <exception cref="CodeSyntaxException">It is no Bicep.</exception>
    public BicepSource(CodeFile file)
    {
        _file = file;
        _statements = BicepReader.Read(file.Text);
        _byName = _statements.ToLookup(each => (each.Keyword, each.Name));
        _lastParameter = _statements.LastOrDefault(each => each.Keyword == "param");
        _autoscales = [.. _statements.Where(each => each.Keyword == "resource" && each.Type.TrimStart('\'').StartsWith($"{AutoscaleType}@", StringComparison.OrdinalIgnoreCase))];
        _words = new Lazy<HashSet<string>>(() => Words(file.Text));
        foreach (var resource in _statements.Where(each => each.Keyword == "resource"))
        {
            Look(resource);
        }

        Calls = [.. _statements.Where(each => each.Keyword == "module").Select(CallOf)];
    }

    public CodeFile File => _file;

    /// <summary>The modules it calls.</summary>
    public IReadOnlyList<BicepCall> Calls { get; }

    /// <summary>What it sets by itself.</summary>
    public IReadOnlyList<CapacityReset> Resets => _resets;

    public IReadOnlyList<CodeDoubt> Doubts => _doubts;

    /// <summary>Parameters that capacities come from.</summary>
    public IReadOnlyList<BicepNeed> Needs => _needs;

    public bool HasParameter(string name) => Parameter(name) is not null;

    /// <summary>What the default of a parameter sets; absent when it has none.</summary>
    public CapacityReset? DefaultOf(BicepNeed need) => Parameter(need.Parameter) is { HasValue: true } parameter
        ? new CapacityReset
        {
            File = _file.Path,
            Line = _file.LineAt(parameter.Sign),
            Address = need.Resource,
            Type = need.Type,
            Sets = Short(parameter.Value(_file.Text)),
            Proof = ResetProof.Code,
            Autoscale = AutoscaleOf(need.Resource),
            Advice = BicepAdvice.Of(parameter.Name, need.Type),
            Edits = [new TextEdit(TrimmedEnd(parameter.Sign), parameter.End - TrimmedEnd(parameter.Sign), "")],
        }
        : null;

    /// <summary>What a module is given for the capacity of a resource in it.</summary>
    public CapacityReset Passed(BicepCall call, CodeAttribute given, BicepNeed need) => Fixed(call.Name, given, need.Type, call.IsLoop) with { Address = $"{call.Name}: {need.Resource}" };

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
        if (HasParameter(value))
        {
            _needs.Add(new BicepNeed(value, resource.Name, type, _file.LineAt(capacity.Start)));
            return;
        }

        _resets.Add(Fixed(resource.Name, capacity, type, isLoop) with { Autoscale = AutoscaleOf(resource.Name) });
    }

    private CapacityReset Fixed(string symbol, CodeAttribute capacity, string type, bool isLoop)
    {
        var given = FreeName($"{symbol}Capacity");
        return new CapacityReset
        {
            File = _file.Path,
            Line = _file.LineAt(capacity.Start),
            Address = symbol,
            Type = type,
            Sets = Short(capacity.Value(_file.Text)),
            Proof = ResetProof.Code,
            Advice = isLoop
                ? "take the capacity of each from a parameter without a default, and pass the counts there are; a loop is not patched here"
                : BicepAdvice.Of(given, type),
            Edits = isLoop ? [] : [new TextEdit(capacity.ValueStart, capacity.ValueEnd - capacity.ValueStart, given), Declaration(given)],
        };
    }

    private BicepCall CallOf(BicepStatement module)
    {
        var source = module.Type.Trim('\'');
        var open = BicepReader.ObjectOf(_file.Text, module, out var isLoop);
        var given = open < 0 ? null : Property(open, "params");
        var parameters = given is null ? open < 0 ? null : []
            : _file.Text[given.ValueStart] == '{' ? BicepReader.ReadObject(_file.Text, given.ValueStart) : null;
        return new BicepCall(module, _file.LineAt(module.Sign < 0 ? module.Start : module.Sign), source, source.Contains(':', StringComparison.Ordinal) ? null : CodePath.From(CodePath.DirectoryOf(_file.Path), source), isLoop, parameters);
    }

    private BicepStatement? Parameter(string name) => _byName[("param", name)].FirstOrDefault();

    /// <summary>Behind the last parameter, or before the first declaration that is none.</summary>
    private TextEdit Declaration(string name)
    {
        var end = _file.NewLine;
        var text = $"@description('Instances to keep: those there are when the deployment begins.'){end}param {name} int{end}";
        return _lastParameter is { } last
            ? _file.NextLine(last.End) is var line && line < _file.Text.Length || _file.Text.EndsWith('\n') ? new TextEdit(line, 0, $"{end}{text}") : new TextEdit(line, 0, $"{end}{end}{text}")
            : new TextEdit(_file.LineStart(_statements.First(each => each.Keyword is not ("targetScope" or "metadata" or "import" or "using")).Start), 0, $"{text}{end}");
    }

    private CodeAttribute? Property(int open, string name) => BicepReader.ReadObject(_file.Text, open).FirstOrDefault(each => each.Name == name);

    private BicepStatement? Variable(string name) => _byName[("var", name)].FirstOrDefault();

    private string? AutoscaleOf(string symbol) => _autoscales
        .Where(each => each.Value(_file.Text).Contains($"{symbol}.id", StringComparison.Ordinal))
        .Select(each => $"{_file.Path}:{_file.LineAt(each.Sign)}")
        .FirstOrDefault();

    private string FreeName(string name)
    {
        while (_words.Value.Contains(name))
        {
            name += "Now";
        }

        return name;
    }

    /// <summary>Whatever may be a name, in comments and texts, too.</summary>
    private static HashSet<string> Words(string text)
    {
        HashSet<string> words = new(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            words.Add(text[at..end]);
            at = end + 1;
        }

        return words;
    }

    private int TrimmedEnd(int sign) => _file.Text.AsSpan(0, sign).TrimEnd().Length;

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 60 ? line : $"{line[..59]}…";
    }
}
