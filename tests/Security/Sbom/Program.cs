using ScaleFunctions.Security.Sbom;

if (args.Length is not (1 or 2))
{
    await Console.Error.WriteLineAsync("usage: dotnet run --project tests/Security/Sbom -- FOLDER [FILE]\nWrites what FOLDER ships as CycloneDX JSON to FILE, or to sbom.cdx.json in FOLDER.");
    return 1;
}

var folder = args[0];
try
{
    var bill = Bill.Of(ShippedFolder.Read(folder), PackageLicenses.OfThisMachine());
    var file = args.Length == 2 ? args[1] : Path.Combine(folder, Bill.FileName);
    await File.WriteAllTextAsync(file, bill.ToJson());
    Console.WriteLine($"{file}: {bill.Components.Count} components, {bill.Components.Sum(component => component.Files.Count)} files");
    return 0;
}
catch (BillException exception)
{
    await Console.Error.WriteLineAsync($"error: {exception.Message}");
    return 1;
}
