# ruff: noqa: E501 (XML reads better in long lines)
"""A small whole edition, and one that uses everything the schema allows inside a paragraph."""

import pytest

MINIMAL = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="quay" xml:lang="en">
 <teiHeader>
  <fileDesc>
   <titleStmt><title type="main">Quay</title>
    <respStmt xml:id="resp-editor"><resp>review</resp><name>the editor</name></respStmt></titleStmt>
   <extent><measure unit="page" quantity="1">1 page</measure></extent>
   <publicationStmt><publisher>nobody</publisher><availability><p>Free.</p></availability></publicationStmt>
   <sourceDesc>
    <biblStruct xml:id="source"><monogr><title level="m">Quay</title><imprint><date>1931</date></imprint></monogr></biblStruct>
    <listWit><witness xml:id="scan">the scans</witness><witness xml:id="old">the old text</witness></listWit>
   </sourceDesc>
  </fileDesc>
  <encodingDesc>
   <projectDesc><p>x</p></projectDesc>
   <editorialDecl><correction><p>x</p></correction><normalization><p>x</p></normalization><quotation><p>x</p></quotation>
    <hyphenation><p>x</p></hyphenation><segmentation><p>x</p></segmentation><interpretation><p>x</p></interpretation>
   </editorialDecl>
   <tagsDecl><rendition xml:id="underline" scheme="css">text-decoration: underline</rendition></tagsDecl>
   <classDecl><taxonomy xml:id="review"><category xml:id="rv-witnesses"><catDesc>x</catDesc></category></taxonomy></classDecl>
   <appInfo><application ident="recensio" version="0.1.0"><label>recensio</label></application></appInfo>
  </encodingDesc>
  <profileDesc><langUsage><language ident="en" usage="100">English</language></langUsage></profileDesc>
  <revisionDesc><change who="#resp-editor">made</change></revisionDesc>
 </teiHeader>
 <facsimile>
  <surface xml:id="f0001" ulx="0" uly="0" lrx="9" lry="9"><graphic url="p1.png" width="9px" height="9px"/></surface>
 </facsimile>
 <text>
  <body>
   <pb n="1" facs="#f0001" xml:id="pb-0001"/>
   <div type="chapter" n="1" xml:id="ch1">
    <head>Arrival</head>
    <p>One</p>
    <p>In <date when="1919-05">May</date>.<note place="bottom" n="1" xml:id="n1.1">Ibid.</note></p>
   </div>
  </body>
 </text>
</TEI>
"""

EXAMPLE = MINIMAL.replace(
    "<p>One</p>",
    """
    <p rend="continued">A<lb break="no"/> <fw type="pageNum" place="top">1</fw> <quote source="#n1.1">x<bibl>y</bibl></quote>
     <q rend="single" xml:id="s1" next="#s2">a</q><q xml:id="s2" prev="#s1"><foreign xml:lang="en" cert="low">b</foreign></q>
     <hi rendition="#underline"><title level="s"><bibl>x</bibl></title></hi> <rs type="person" ref="#ch1">he</rs>
     <persName cert="high"><q>x</q></persName> <placeName>x</placeName> <orgName>x</orgName> <seg ana="#rv-witnesses">x</seg>
     <app cert="low" ana="#rv-witnesses"><lem wit="#scan">a</lem><rdg wit="#old">b</rdg></app> <app><lem>x</lem></app>
     <choice><sic>seige</sic><corr resp="#resp-editor">siege</corr></choice> <gap reason="lost" unit="words" quantity="2"/>
     <supplied reason="contents-page" source="#n1.1">x</supplied> <unclear reason="faded">x</unclear>
     <ref type="ibid" target="#n1.1">Ibid.</ref> <date notBefore="1919" notAfter="1920-02-03"><q>x</q><date when="--01-05"/><rs type="place">x</rs><note place="bottom" n="2"/></date>
     <bibl><author>x</author><editor>x</editor><pubPlace>x</pubPlace><publisher>x</publisher>,
      <citedRange unit="page" from="1" to="2">pp. 1-2</citedRange></bibl></p>
    <cit rendition="#underline"><quote rend="block"><p/><lg><l>x</l></lg><quote rend="block"/></quote>
     <note place="bottom" n="3">x<p>y</p><quote rend="block"><p/></quote></note></cit>
    <milestone unit="section" rend="asterisks"/>
    <list><item>x<list><item>y</item></list>z<lg><l/></lg></item><pb xml:id="pb-0002"/><item/></list>
    <listBibl><fw type="header">x</fw><bibl>x</bibl><milestone unit="page" type="noteContinued" n="2"/></listBibl>
    <div><div type="letter"/></div>
    """.replace("<div><div", "</div><div><div").replace("/></div>", "/></div><div><head>x</head>"),
).replace(
    "<body>",
    "<front><pb xml:id='pb-0000'/><titlePage><lb/><titlePart>Q<lb/>y</titlePart></titlePage><div type='contents'/></front><body>",
)


@pytest.fixture
def minimal() -> str:
    return MINIMAL


@pytest.fixture
def example() -> str:
    return EXAMPLE
